// Keystroke echo, the whole way: terminal -> client -> worker -> program -> worker -> client -> terminal, against
// the same program on a bare PTY. Idle, while the same session is flooded, and while another session is.

import { ClientTerminal } from "./client-terminal.ts";
import type { Contender, ContenderName } from "./contender.ts";
import type { Figure, Row, Setting } from "./figure.ts";
import { ECHO, FLOOD, FLOODED_ECHO } from "./printers.ts";
import { quantile } from "./statistics.ts";

/** Neither in the floods nor at an end of a control sequence; in turn, so that a late echo is not taken for the next. */
const KEYS = ["~", "#", "&", "|"];
const PATIENCE_MS = 2000;
const BETWEEN_KEYS_MS = 2;

type Place = ContenderName | "pty";

export const echo: Figure = {
  name: "echo",
  about: "keystroke echo, idle and under floods",
  measure(setting) {
    const { world, quick, runtime } = setting;
    const rounds = quick ? 1 : 5;
    const keys = quick ? 150 : 300;
    for (const tool of world.contenders) world.run(tool.start("echo", ECHO));

    const idle = inTurn(setting, rounds, (tool) => type(setting, argvOf(tool, "echo", ECHO), keys));
    setting.say("idle echo is measured");
    const other = inTurn(setting, rounds, (tool) => {
      const flood = startFlood(setting, tool, runtime.bun);
      const times = type(setting, argvOf(tool, "echo", ECHO), keys);
      flood.end();
      return times;
    });
    setting.say("echo beside a flood in another session is measured");
    let flooded = 0;
    const same = inTurn(setting, rounds, (tool) => {
      const session = `flooded-${flooded++}`;
      if (tool) world.run(tool.start(session, FLOODED_ECHO));
      const times = type(setting, argvOf(tool, session, FLOODED_ECHO), Math.ceil(keys / 2));
      if (tool) tool.kill(session);
      return times;
    });
    return [
      ...rows("idle", idle, 0.15, 2),
      ...rows("flood in another", other, null, 20),
      ...rows("flood", same, null, 20),
    ];
  },
};

/** The bare PTY, then each tool, in every round. */
function inTurn(setting: Setting, rounds: number, measure: (tool: Contender | null) => number[]): Map<Place, number[]> {
  const times = new Map<Place, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const tool of [null, ...setting.world.contenders]) {
      const place = tool?.name ?? "pty";
      times.set(place, [...(times.get(place) ?? []), ...measure(tool)]);
    }
  }
  return times;
}

function argvOf(tool: Contender | null, session: string, bare: readonly string[]): readonly string[] {
  return tool ? tool.attach(session).argv : bare;
}

/** Milliseconds from each key to its echo; Infinity for one that was not seen within PATIENCE_MS. */
function type({ world }: Setting, argv: readonly string[], keys: number): number[] {
  const terminal = new ClientTerminal(argv, world.env);
  terminal.settle(200, 1000);
  const times: number[] = [];
  for (let typed = 0; typed < keys; typed++) {
    terminal.drain(BETWEEN_KEYS_MS);
    const key = KEYS[typed % KEYS.length] ?? "~";
    const before = performance.now();
    terminal.type(key);
    const echoed = terminal.readUntil(key, PATIENCE_MS);
    times.push(echoed ? performance.now() - before : Number.POSITIVE_INFINITY);
    // Something is wrong, not slow: ten lost echoes are enough to say so.
    if (times.filter((ms) => !Number.isFinite(ms)).length >= 10) break;
  }
  terminal.close();
  return times;
}

/** Floods another session of the same tool; the bare PTY's is read by a process of its own that forgets it. */
function startFlood(setting: Setting, tool: Contender | null, bun: string): { end(): void } {
  const { world } = setting;
  if (tool) {
    world.run(tool.start("beside", FLOOD));
    return { end: () => tool.kill("beside") };
  }
  const reader = `${import.meta.dir}/programs/read-flood-from-bare-pty.ts`;
  const child = Bun.spawn([bun, reader, ...FLOOD], { env: world.env, stdin: "ignore", stdout: "ignore" });
  return { end: () => child.kill("SIGKILL") };
}

function rows(when: string, times: ReadonlyMap<Place, number[]>, p50: number | null, p99: number): Row[] {
  const at = (share: number) => Object.fromEntries([...times].map(([place, ms]) => [place, quantile(ms, share)]));
  return [row(`echo p50, ${when}`, at(0.5), p50), row(`echo p99, ${when}`, at(0.99), p99)];
}

function row(measure: string, values: Partial<Record<Place, number>>, added: number | null): Row {
  const more = (values.bide ?? Number.NaN) - (values.pty ?? Number.NaN);
  const note = `${more.toFixed(2)} ms added`;
  if (added === null) return { measure, unit: "ms", values, note };
  return { measure, unit: "ms", values, note, target: { text: `<= ${added} ms added`, met: more <= added } };
}
