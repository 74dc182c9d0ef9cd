// Whole commands, from before their process is started until it has ended: create, list with 1 and with 50
// sessions, status, send. Each is held against the start of a compiled hello world, taken in turn with it.

import type { Command, Contender, ContenderName } from "./contender.ts";
import type { Figure, Row, Setting } from "./figure.ts";
import { ECHO, IDLE } from "./printers.ts";
import { median } from "./statistics.ts";

/** Between two commands: a person is slower, and what a command leaves to be done should not fall into the next. */
const PAUSE_MS = 60;
/** After the start of 50 sessions, so that their last work is not in the times. */
const SETTLE_MS = 2000;

export const commands: Figure = {
  name: "commands",
  about: "create, list, status and send as whole commands",
  async measure(setting) {
    const { world, quick } = setting;
    const runs = quick ? 7 : 25;
    for (const tool of world.contenders) world.run(tool.start("first", ECHO));
    const created = createInTurn(setting, runs);
    setting.say("create is measured");
    const listed = inTurn(setting, runs, (tool) => tool.list?.());
    const status = inTurn(setting, runs, (tool) => tool.status?.("first"));
    const sent = inTurn(setting, runs, (tool) => tool.send("first", "x"));
    setting.say("list, status and send with 1 session are measured");
    for (const tool of world.contenders.filter((tool) => tool.list))
      for (let more = 1; more < 50; more++) world.run(tool.start(`more-${more}`, IDLE));
    await Bun.sleep(SETTLE_MS);
    const listed50 = inTurn(setting, runs, (tool) => tool.list?.());

    const start = created.bide ?? Number.NaN;
    return [
      {
        measure: "create: `start` until the program runs",
        unit: "ms",
        values: created,
        target: { text: "<= 25 ms", met: start <= 25 },
      },
      compared("`list`, 1 session", listed),
      compared("`list`, 50 sessions", listed50),
      compared("`status` of a session", status),
      compared("`send`", sent),
    ];
  },
};

type Times = Partial<Record<ContenderName | "runtime", number>>;

/** A B C A B C ...: each tool's command once in every round, and the bare runtime first. Medians in ms. */
function inTurn(setting: Setting, runs: number, command: (tool: Contender) => Command | undefined): Times {
  const { world, runtime } = setting;
  const times = new Map<ContenderName | "runtime", number[]>();
  for (let run = 0; run < runs; run++) {
    keep(times, "runtime", world.run({ argv: [runtime.hello] }).ms);
    for (const tool of world.contenders) {
      const wanted = command(tool);
      if (wanted === undefined) continue;
      Bun.sleepSync(PAUSE_MS);
      keep(times, tool.name, world.run(wanted).ms);
    }
    Bun.sleepSync(PAUSE_MS);
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}

function keep<K>(times: Map<K, number[]>, name: K, ms: number): void {
  times.set(name, [...(times.get(name) ?? []), ms]);
}

function compared(measure: string, values: Times): Row {
  const ratio = (values.bide ?? Number.NaN) / (values.runtime ?? Number.NaN);
  return {
    measure,
    unit: "ms",
    values,
    target: { text: "<= 3 x runtime start", met: ratio <= 3 },
    note: `${ratio.toFixed(1)} x`,
  };
}

function createInTurn(setting: Setting, runs: number): Times {
  const ends: (() => void)[] = [];
  const times = inTurn(setting, runs, (tool) => {
    const session = `created-${ends.length}`;
    ends.push(() => tool.kill(session));
    return tool.start(session, IDLE);
  });
  for (const end of ends) end();
  return times;
}
