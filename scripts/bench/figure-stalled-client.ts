// A client that never reads while 500 MB are printed: `bide attach` on a terminal that nobody reads, and a second
// client through the library that must see every byte live. The worker's growth is its highest PSS during the
// flood less its PSS before it; the same flood without the stalled client says what of that is the flood's.

import { ClientTerminal } from "./client-terminal.ts";
import { writeCorpus } from "./corpus.ts";
import type { Figure, Setting } from "./figure.ts";
import { pssOf } from "./memory.ts";
import { END_MARK, printWhenTold } from "./printers.ts";

const LOOK_EVERY_MS = 100;

interface Flooded {
  /** MB. */
  readonly growth: number;
  readonly live: number;
  readonly skipped: number;
}

export const stalledClient: Figure = {
  name: "stalled-client",
  about: "a client that never reads during a flood of 500 MB",
  async measure(setting) {
    const { world, quick } = setting;
    const file = world.path("flood");
    const bytes = writeCorpus(file, "plain", quick ? 50 : 500);
    const alone = await flood(setting, file, false);
    const stalled = await flood(setting, file, true);
    // The terminal puts a carriage return before each newline, so more arrives than the file has.
    const seen = Math.min(100, (100 * stalled.live) / (stalled.live + stalled.skipped));
    return [
      {
        measure: `worker's growth, ${Math.round(bytes / 1e6)} MB past a client that never reads`,
        unit: "MB",
        values: { bide: stalled.growth },
        target: { text: "< 8 MB", met: stalled.growth < 8 },
        note: `${alone.growth.toFixed(1)} MB without that client`,
      },
      {
        measure: "share that the second client saw live",
        unit: "%",
        values: { bide: seen },
        target: { text: "100 %", met: stalled.skipped === 0 && stalled.live >= bytes },
      },
    ];
  },
};

async function flood({ world, runtime }: Setting, file: string, stall: boolean): Promise<Flooded> {
  const session = stall ? "stalled" : "alone";
  world.run(world.bide.start(session, printWhenTold(file, world.path(`${session}.times`))));
  const [worker = 0] = world.bide.keepers().perSession;
  const stalled = stall ? new ClientTerminal(world.bide.attach(session).argv, world.env) : null;
  // It reads its first paint, so that it is attached, and then never again.
  stalled?.settle(300, 1500);
  await Bun.sleep(1000);
  const before = pssOf(worker);
  let highest = before;
  const looks = setInterval(() => {
    highest = Math.max(highest, pssOf(worker));
  }, LOOK_EVERY_MS);
  const reader = `${import.meta.dir}/programs/read-session.ts`;
  const reading = Bun.spawn([runtime.bun, reader, session, END_MARK], { env: world.env, stdin: "ignore" });
  const printed = await reading.stdout.text();
  clearInterval(looks);
  if (printed === "") throw new Error("the reading client ended without having seen the end mark");
  const counted = JSON.parse(printed) as { live: number; skipped: number };
  stalled?.close();
  world.bide.kill(session);
  return { growth: highest - before, live: counted.live, skipped: counted.skipped };
}
