// Throughput: how fast a program can print 100 MB of log lines, or of coloured text with wide characters, into a
// session. Attached, the time ends when the last byte is at the person's terminal; through the library, when it is
// in a client that only reads its socket; detached, when the program has printed all of it. bide writes its log
// in all three. The bare PTY is read by the same code as the attached terminals.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { ClientTerminal } from "./client-terminal.ts";
import type { Contender, ContenderName } from "./contender.ts";
import { type CorpusKind, writeCorpus } from "./corpus.ts";
import type { Figure, Row, Setting } from "./figure.ts";
import { END_MARK, printWhenTold } from "./printers.ts";
import { median } from "./statistics.ts";

const PATIENCE_MS = 120_000;

type Place = ContenderName | "pty";
type Rates = Map<Place, number[]>;

interface Corpus {
  readonly file: string;
  readonly bytes: number;
}

export const throughput: Figure = {
  name: "throughput",
  about: "100 MB of plain and of coloured text, attached and detached",
  measure(setting) {
    const rows: Row[] = [];
    for (const [kind, share] of [
      ["plain", 0.7],
      ["coloured", 0.35],
    ] as const) {
      rows.push(...measureKind(setting, kind, share));
      setting.say(`throughput of ${kind} text is measured`);
    }
    return rows;
  },
};

function measureKind(setting: Setting, kind: CorpusKind, share: number): Row[] {
  const { world, quick } = setting;
  const file = world.path(kind);
  const corpus = { file, bytes: writeCorpus(file, kind, quick ? 10 : 100) };
  const attached: Rates = new Map();
  const library: Rates = new Map();
  const detached: Rates = new Map();
  let received = 0;
  for (let run = 0; run < (quick ? 1 : 3); run++) {
    const bare = printAttached(setting, null, corpus).rate;
    for (const rates of [attached, library, detached]) add(rates, "pty", bare);
    for (const tool of world.contenders) {
      const printed = printAttached(setting, tool, corpus);
      add(attached, tool.name, printed.rate);
      if (tool.name === "bide") received = printed.received;
      add(detached, tool.name, printDetached(setting, tool, corpus));
    }
    add(library, "bide", printToLibrary(setting, corpus));
  }
  rmSync(file);
  const note = `${Math.round((100 * received) / corpus.bytes)} % of the bytes reached the terminal`;
  return [
    { ...row(`${kind}, attached in a terminal`, attached, share), note },
    row(`${kind}, attached through the library`, library, share),
    row(`${kind}, detached`, detached, share),
  ];
}

/** MB/s from the key that starts the printing to the end mark in the person's terminal. */
function printAttached(setting: Setting, tool: Contender | null, corpus: Corpus): { rate: number; received: number } {
  return inSession(setting, tool, corpus, (session, program) => {
    const argv = tool ? tool.attach(session).argv : program;
    const terminal = new ClientTerminal(argv, setting.world.env);
    terminal.settle(300, 1500);
    const [before, receivedBefore] = [performance.now(), terminal.received];
    terminal.type("\r");
    const printed = terminal.readUntil(END_MARK, PATIENCE_MS);
    const rate = printed ? megabytesPerSecond(corpus, performance.now() - before) : 0;
    const received = terminal.received - receivedBefore;
    terminal.close();
    return { rate, received };
  });
}

/** MB/s by the program's own clock, nobody attached. */
function printDetached(setting: Setting, tool: Contender, corpus: Corpus): number {
  return inSession(setting, tool, corpus, (session, _program, times) => {
    Bun.sleepSync(300);
    setting.world.run(tool.send(session, "\r"));
    const until = performance.now() + PATIENCE_MS;
    while (!existsSync(times) && performance.now() < until) Bun.sleepSync(20);
    if (!existsSync(times)) return 0;
    const [began, ended] = readFileSync(times, "utf8").split("\n").map(Number);
    return megabytesPerSecond(corpus, ((ended ?? 0) - (began ?? 0)) / 1e6);
  });
}

/** MB/s into a process that uses the library and only counts. */
function printToLibrary(setting: Setting, corpus: Corpus): number {
  const { world, runtime } = setting;
  return inSession(setting, world.bide, corpus, (session) => {
    const reader = `${import.meta.dir}/programs/read-session.ts`;
    const read = world.run({ argv: [runtime.bun, reader, session, END_MARK] });
    const { ms } = JSON.parse(read.stdout) as { ms: number };
    return megabytesPerSecond(corpus, ms);
  });
}

let sessions = 0;

/** Starts a session that waits for a line (none for the bare PTY), and ends it afterwards. */
function inSession<T>(
  { world }: Setting,
  tool: Contender | null,
  corpus: Corpus,
  measure: (session: string, program: readonly string[], times: string) => T,
): T {
  const session = `print-${sessions++}`;
  const times = world.path(`${session}.times`);
  const program = printWhenTold(corpus.file, times);
  if (tool) world.run(tool.start(session, program));
  const measured = measure(session, program, times);
  tool?.kill(session);
  return measured;
}

function megabytesPerSecond(corpus: Corpus, ms: number): number {
  return corpus.bytes / 1000 / ms;
}

function add(rates: Rates, place: Place, rate: number): void {
  rates.set(place, [...(rates.get(place) ?? []), rate]);
}

function row(measure: string, rates: Rates, share: number): Row {
  const values = Object.fromEntries([...rates].map(([place, all]) => [place, median(all)]));
  const { bide = 0, pty = 0, tmux = 0 } = values;
  return {
    measure,
    unit: "MB/s",
    values,
    target: { text: `>= ${share} x bare PTY, > tmux`, met: bide >= share * pty && bide > tmux },
    note: `${(bide / pty).toFixed(2)} x bare`,
  };
}
