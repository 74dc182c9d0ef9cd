// Issue 3, "the same through two real terminals": real programs run directly and through bide in two terminals of the
// same tmux, driven by the same keys. What tmux captured of both is equal at every step, after a detach and a re-attach,
// and after a visit from a terminal of another size.

import { setDefaultTimeout } from "bun:test";
import { join } from "node:path";
import { layOut } from "../streams/recipes.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { DirectAndThrough, type Keys } from "./direct-and-through.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

type Shows = string | ((shown: string) => boolean);
type Step = readonly [keys: Keys, shows: Shows];

interface Program {
  readonly argv: readonly string[];
  /** What is there at first, before any key. */
  readonly ready: string;
  /** Before the re-attach, between it and the visit, after the visit. */
  readonly parts: readonly [readonly Step[], readonly Step[], readonly Step[]];
  /** What is there at the other size. */
  readonly visited: string;
}

const press = (...keys: string[]): Keys => ({ press: keys });
const type = (text: string, ...keys: string[]): Keys => ({ text, press: keys });

const PROGRAMS: Readonly<Record<string, Program>> = {
  bash: {
    argv: ["bash", "--norc", "--noprofile", "-i"],
    ready: "ready>",
    parts: [
      [
        [type("seq 60", "Enter"), "60\nready>"],
        [
          type("printf '\\033[1;32mgreen\\033[0;4;38;5;208m orange \\033[48;2;1;2;3m漢字\\033[m\\n'", "Enter"),
          "green orange",
        ],
        [type("echo unfinished buisness", "C-a", "M-f", "M-f", "C-f"), "echo unfinished buisness"],
      ],
      [
        [type("", "M-d"), "ready> echo unfinished"],
        [type("business", "C-e"), "echo unfinished business"],
        [press("C-r"), "(reverse-i-search)"],
        [type("se"), "se'"],
      ],
      [
        [press("C-g", "C-u", "C-l"), "ready>"],
        [type("echo the end", "Enter"), "the end\nready>"],
      ],
    ],
    visited: "(reverse-i-search)`se'",
  },
  vim: {
    argv: ["vim", "-u", "NONE", "-i", "NONE", "-N", "-n", "pangrams.txt"],
    ready: "Sphinx",
    parts: [
      [
        [type(":set number incsearch hlsearch ruler mouse=a", "Enter"), "  1 1 Sphinx"],
        [type("/black", "Enter"), "/black"],
        [type("oa new line 漢字"), "a new line"],
      ],
      [
        [type(" and its end", "Escape"), "and its end"],
        [type(":vsplit | normal G", "Enter"), "24 "],
      ],
      [
        [press("Up", "Up"), "23"],
        [type(":%s/sphinx/SPHINX/gi", "Enter"), "SPHINX"],
      ],
    ],
    visited: "pangrams.txt",
  },
  less: {
    argv: ["less", "-N", "pangrams.txt"],
    ready: "Sphinx",
    parts: [
      [
        [type("/quartz", "Enter"), "quartz"],
        [press("Down", "Down"), "quartz"],
        [type("/vo"), "/vo"],
      ],
      [[press("w", "Enter"), "vow"]],
      [
        [type("G"), "(END)"],
        [type("g"), "Sphinx"],
      ],
    ],
    visited: "vow",
  },
  mc: {
    argv: ["mc", "-u"],
    ready: "10Quit",
    parts: [
      [
        [press("Down", "Down"), "folder"],
        [press("F9", "Down"), "File listing"],
      ],
      [
        [press("Escape", "Escape"), (shown) => !shown.includes("File listing")],
        [press("End"), "pangrams.txt"],
        [press("F3"), "Sphinx"],
      ],
      [
        [press("Down", "Down"), "Zw"],
        [press("F10"), "Hint"],
      ],
    ],
    visited: "Sphinx",
  },
  nano: {
    argv: ["nano", "--ignorercfiles", "--linenumbers", "pangrams.txt"],
    ready: "Exit",
    parts: [
      [
        [type("A line of its own, 漢字", "Enter"), "Modified"],
        [press("C-w"), "Search"],
      ],
      [
        [type("judge", "Enter"), "judge"],
        [press("M-A", "Down", "Down"), "Mark Set"],
      ],
      [
        [press("C-k"), "Sphinx"],
        [press("C-x"), "Save modified buffer"],
      ],
    ],
    visited: "Sphinx",
  },
};

for (const [name, { argv, ready, parts, visited }] of Object.entries(PROGRAMS)) {
  needs("tmux", name)(
    `${name} driven by the same keys directly and through bide, both terminals show the same all the time`,
    async () => {
      await using box = sandbox();
      const cwd = join(box.root, "shelf");
      layOut(cwd);
      const env = { PS1: "ready> ", HISTFILE: "/dev/null", LESSHISTFILE: "-" };
      using both = await DirectAndThrough.open({ box, argv, cwd, env, ready });
      await both.agree(ready);
      const [first, second, third] = parts;
      await work(both, first);
      await both.reattach();
      await both.agree(first.at(-1)?.[1] ?? ready);
      await work(both, second);
      await both.visit({ cols: 100, rows: 30 }, visited);
      await both.agree(visited);
      await both.visit({ cols: 60, rows: 15 }, visited);
      await both.agree(visited);
      await work(both, third);
      await both.reattach();
      await both.agree(third.at(-1)?.[1] ?? ready);
    },
  );
}

needs("tmux", "htop")(
  "htop's help directly and through bide, both terminals show the same, also after a re-attach",
  async () => {
    await using box = sandbox();
    using both = await DirectAndThrough.open({ box, argv: ["htop", "-d", "3"], cwd: box.home, ready: "PID" });
    await both.redrawn();
    both.do(press("F1"));
    await both.agree("Hisham");
    await both.reattach();
    await both.agree("Hisham");
  },
);

async function work(both: DirectAndThrough, steps: readonly Step[]): Promise<void> {
  for (const [keys, shows] of steps) {
    both.do(keys);
    await both.agree(shows);
  }
}
