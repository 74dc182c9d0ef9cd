// Calls from tables, in their order, to Debian's tmux and to bide's: the same standard output, standard error and exit code
// for every one of them. `until TEXT CALL` repeats a call until both print the text (`2xTEXT`: so often,
// `!TEXT`: no longer).

import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { Oracle, words } from "./oracle.ts";

const TABLES = [
  ["model", "sessions, windows, panes, targets, layouts, buffers, environment, channels"],
  ["options", "options, hooks, key bindings"],
  ["groups", "sessions of a group, whose windows are moved in one of them"],
  ["places", "panes and windows that change places, what has no client, buffers without a name"],
  ["screens", "typed keys, captures, programs that end, respawns"],
] as const;

for (const [table, what] of TABLES) {
  needs("tmux")(
    `${what}: one call after the other, each answers as tmux does`,
    async () => {
      await using box = sandbox();
      await using oracle = new Oracle(box);
      const calls = readFileSync(new URL(`${table}-calls.txt`, import.meta.url), "utf8")
        .trimEnd()
        .split("\n");
      for (const call of calls) {
        const args = words(call);
        if (args[0] === "until") {
          await Promise.all([
            settled(() => oracle.real(args.slice(2)), args),
            settled(() => oracle.ours(args.slice(2)), args),
          ]);
          continue;
        }
        const [real, ours] = await Promise.all([oracle.real(args), oracle.ours(args)]);
        expect({ call, ...ours }).toEqual({ call, ...real });
      }
    },
    120_000,
  );
}

/** Between two looks at what takes its time: each costs two processes, and what is waited for needs the processor too. */
const LOOK_MS = 25;

/** A program takes its time to print; each call takes some, too. */
async function settled(ask: () => Promise<{ stdout: string }>, [, wanted = ""]: string[]): Promise<void> {
  const gone = wanted.startsWith("!");
  const [, times = "1", text = ""] = /^!?(?:(\d)x)?(.*)$/.exec(wanted) ?? [];
  for (let round = 0; ; round += 1) {
    const { stdout } = await ask();
    if (stdout.split(text).length > Number(times) !== gone) return;
    if (round === 2000) throw new Error(`${wanted} did not come true: ${stdout}`);
    await Bun.sleep(LOOK_MS);
  }
}
