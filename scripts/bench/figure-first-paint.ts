// Attach to first paint: from the start of the attaching client to the arrival of the last row of the session's
// screen at the person's terminal; with little on the screen, and with 10,000 lines kept above it.

import { ClientTerminal } from "./client-terminal.ts";
import type { Contender, ContenderName } from "./contender.ts";
import { linesOf } from "./corpus.ts";
import type { Figure, Setting } from "./figure.ts";
import { ECHO, printAndStay, READY } from "./printers.ts";
import { median } from "./statistics.ts";

const PATIENCE_MS = 5000;

export const firstPaint: Figure = {
  name: "first-paint",
  about: "attach until the whole screen is painted",
  async measure(setting) {
    const { world, quick } = setting;
    const runs = quick ? 5 : 21;
    const lines = world.path("lines.txt");
    await Bun.write(lines, linesOf("plain", 10_000).join(""));
    // dtach keeps no screen, so there is nothing that it could paint.
    const painters = world.contenders.filter((tool) => tool.readBack !== undefined);
    for (const tool of painters) {
      world.run(tool.start("small", ECHO));
      world.run(tool.start("deep", printAndStay(lines)));
    }
    await Bun.sleep(1500); // until the 10,000 lines are in, everywhere
    const small = paintTimes(setting, painters, "small", runs);
    const deep = paintTimes(setting, painters, "deep", runs);
    return [
      { ...row("attach to first paint", small, 25) },
      { ...row("attach to first paint, 10,000 lines kept", deep, 40), note: "bide also sends the last 1,000 lines" },
    ];
  },
};

function paintTimes({ world }: Setting, tools: readonly Contender[], session: string, runs: number) {
  const times = new Map<ContenderName, number[]>(tools.map((tool) => [tool.name, []]));
  for (let run = 0; run < runs; run++) {
    for (const tool of tools) {
      const client = new ClientTerminal(tool.attach(session).argv, world.env);
      if (client.readUntil(READY, PATIENCE_MS)) times.get(tool.name)?.push(performance.now() - client.startedAt);
      client.settle(50);
      client.close();
      Bun.sleepSync(30);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}

function row(measure: string, values: Partial<Record<ContenderName, number>>, atMost: number) {
  const met = (values.bide ?? Number.NaN) <= atMost;
  return { measure, unit: "ms" as const, values, target: { text: `<= ${atMost} ms`, met } };
}
