// Calls from a table, in their order, to Debian's tmux and to bide's: the same standard output, standard error and exit
// code for every one of them. The table is the first proof that the tmux face is the tmux that tools expect.

import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { Oracle, words } from "./oracle.ts";

needs("tmux")(
  "a table of calls one after the other, each answers as tmux does",
  async () => {
    await using box = sandbox();
    await using oracle = new Oracle(box);
    const calls = readFileSync(new URL("calls.txt", import.meta.url), "utf8")
      .trimEnd()
      .split("\n");
    for (const call of calls) {
      const args = words(call);
      const [real, ours] = await Promise.all([oracle.real(args), oracle.ours(args)]);
      expect({ call, ...ours }).toEqual({ call, ...real });
    }
  },
  60_000,
);
