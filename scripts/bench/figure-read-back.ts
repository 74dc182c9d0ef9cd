// Send and read back: types a word into a session by one command and asks for its screen by others until the word
// is there, as a script or an agent does it.

import type { Contender, ContenderName } from "./contender.ts";
import type { Figure, Setting } from "./figure.ts";
import { ECHO } from "./printers.ts";
import { median } from "./statistics.ts";

const PATIENCE_MS = 5000;

export const readBack: Figure = {
  name: "read-back",
  about: "send a word and read it back from the screen",
  measure(setting) {
    const { world, quick } = setting;
    const tools = world.contenders.filter((tool) => tool.readBack !== undefined);
    const times = new Map<ContenderName, number[]>(tools.map((tool) => [tool.name, []]));
    for (const tool of tools) world.run(tool.start("talk", ECHO));
    for (let run = 0; run < (quick ? 5 : 21); run++) {
      for (const tool of tools) {
        times.get(tool.name)?.push(sendAndReadBack(setting, tool, `word${run}end `));
        Bun.sleepSync(50);
      }
    }
    const values = Object.fromEntries([...times].map(([name, all]) => [name, median(all)]));
    return [{ measure: "send and read back", unit: "ms", values }];
  },
};

function sendAndReadBack({ world }: Setting, tool: Contender, word: string): number {
  const before = performance.now();
  world.run(tool.send("talk", word));
  while (performance.now() - before < PATIENCE_MS) {
    const screen = tool.readBack?.text(world.run(tool.readBack.command("talk")).stdout) ?? "";
    // A long line of words is cut by the edge of the screen, so the cut is taken out.
    if (screen.replaceAll("\n", "").includes(word.trim())) return performance.now() - before;
  }
  return PATIENCE_MS;
}
