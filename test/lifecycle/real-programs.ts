// Real programs and what a person does in them, for the tests that interrupt that person. Each has three parts of
// work; between them something dies.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.ts";
import type { Wanted } from "./terminal-window.ts";

/** Keys, and what is on the screen once they have had their effect and the program waits for more. */
export type Step = readonly [keys: string, shows: Wanted];

export interface RealProgram {
  readonly name: string;
  readonly argv: readonly string[];
  /** What is on the screen once it waits for keys. */
  readonly ready: Wanted;
  readonly parts: readonly [readonly Step[], readonly Step[], readonly Step[]];
}

/** The environment of the programs: no prompt, history or settings of whoever runs the tests. */
export const QUIET = { PS1: "ready> ", HISTFILE: "/dev/null", LESSHISTFILE: "-", ENV: "", PYTHONSTARTUP: "" };

/** A file of 300 numbered lines in the sandbox's home, for editors and pagers. */
export function writeNumbered(box: Sandbox): string {
  const path = join(box.home, "numbered.txt");
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index + 1} of a file\twith a tab and ünïcödé 漢字`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

export function realPrograms(file: string): RealProgram[] {
  const shell: RealProgram["parts"] = [
    [
      ["seq 1 60\r", /^60\nready>/m],
      ["printf '\\033[1;32mgr%s\\033[0m \\033[4;38;5;208mor%s\\033[m\\n' een ange\r", /^green orange\nready>/m],
      ["echo unfin", "ready> echo unfin"],
    ],
    [
      ["ished\r", /^unfinished\nready>/m],
      ["printf '\\033]2;a title\\007\\033[?2004h%s\\n' titled\r", /^titled\nready>/m],
      ["mark=kept; cd /; sleep 1000\r", "sleep 1000"],
    ],
    [
      ["\x03", /\^C\nready>/],
      ["echo $mark $PWD\r", /^kept \/$/m],
    ],
  ];
  return [
    { name: "bash", argv: ["bash", "--norc", "--noprofile", "-i"], ready: "ready>", parts: shell },
    { name: "zsh", argv: ["zsh", "-f", "-i"], ready: "ready>", parts: shell },
    {
      name: "vim",
      argv: ["vim", "-u", "NONE", "-i", "NONE", "-N", "-n", file],
      ready: "line 1 of a file",
      parts: [
        [
          [":syntax off | set number ruler incsearch hlsearch\r", "  1 line 1"],
          ["/line 150 of\r", /150 line 150 of/],
          ["ostarted", "started"],
        ],
        [
          [" and finished\x1b", "started and finished"],
          [":vsplit | normal gg\r", /1 line 1 of a file.*151 started/s],
        ],
        [
          ["yyp:%s/file/FILE/g\r", "substitutions"],
          [":echo line('$')\r", "302"],
        ],
      ],
    },
    {
      name: "less",
      argv: ["less", file],
      ready: "line 1 of a file",
      parts: [
        [
          ["/line 120 of\r", /^line 120 of/],
          ["/line 2", /^\/line 2/m],
        ],
        [["00 of\r", /^line 200 of/]],
        [
          ["G", "(END)"],
          ["?line 77 of\r", "line 77 of"],
        ],
      ],
    },
    {
      name: "python3",
      argv: ["python3", "-q"],
      ready: ">>>",
      parts: [
        [
          ["kept = [n * n for n in range(40)]\r", /range\(40\)\]\n>>>/],
          ["for n in kept: print(n)\r\r", /1521\n>>>/],
          ["def doubled(x):\r", /doubled\(x\):\n\.\.\./],
        ],
        [["    return 2 * x\r\r", /2 \* x\n\.\.\.\s*\n>>>/]],
        [["doubled(len(kept))\r", /^80\n>>>/m]],
      ],
    },
  ];
}

/** Full-screen programs that show the machine's own restless numbers. */
export function restlessPrograms(): { name: string; argv: string[]; shows: string }[] {
  return [
    { name: "top", argv: ["top", "-d", "0.2"], shows: "PID USER" },
    { name: "htop", argv: ["htop", "-d", "2"], shows: "PID USER" },
  ];
}
