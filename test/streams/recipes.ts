// What a person did in each program whose output was recorded into this folder: keys, what the screen showed once
// they had had their effect, and changes of the window's size. scripts/record-stream.ts plays them in a real session;
// the older recordings beside them (bash, less, python3, tmux, top, vim) were made by hand.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Keys and what is then on the screen, or a new size as `COLSxROWS` with that. */
export type Step =
  | { readonly keys: string; readonly shows: string }
  | { readonly size: string; readonly shows: string };

export interface Recipe {
  readonly name: string;
  readonly argv: readonly string[];
  readonly size: string;
  readonly steps: readonly Step[];
}

const F = { 3: "\x1bOR", 9: "\x1b[20~", 10: "\x1b[21~" } as const;
const LEFT = "\x1b[D";
/** In application mode, as full-screen programs have it. */
const DOWN = "\x1bOB";

const key = (keys: string, shows: string): Step => ({ keys, shows });
const size = (size: string, shows: string): Step => ({ size, shows });

/** A menu of vttest with so many screens, each of which waits for a RETURN. */
function screens(choice: string, count: number): Step[] {
  const next = (last: boolean) => key("\r", last ? "Enter choice number" : "RETURN");
  return [key(`${choice}\r`, "RETURN"), ...Array.from({ length: count }, (_, screen) => next(screen === count - 1))];
}

export const RECIPES: readonly Recipe[] = [
  {
    name: "mc",
    argv: ["mc", "-u"],
    size: "80x24",
    steps: [
      key("", "10Quit"),
      key(DOWN + DOWN + DOWN, "pangrams.txt"),
      key(F[9], "Command"),
      key(`${DOWN}${DOWN}`, "File listing"),
      key("\x1b\x1b", "Hint"),
      key("echo from the shell\r", "10Quit"),
      key("\x1bOF", "pangrams.txt"),
      key(F[3], "Sphinx"),
      key(F[10], "Hint"),
      size("60x18", "Hint"),
      size("80x24", "Hint"),
      key(F[10], ""),
    ],
  },
  {
    name: "nano",
    argv: ["nano", "--ignorercfiles", "--linenumbers", "--mouse", "pangrams.txt"],
    size: "80x24",
    steps: [
      key("", "Exit"),
      key("A line of its own, with ünïcödé and 漢字\r", "Modified"),
      key("\x17sphinx\r", "Sphinx"),
      key("\x16\x16", "Sphinx"),
      key("\x1b6\x15\x15", "Sphinx"),
      size("100x12", "Sphinx"),
      size("80x24", "Sphinx"),
      key("\x18", "Save modified buffer"),
      key("n", ""),
    ],
  },
  {
    name: "emacs",
    argv: ["emacs", "-nw", "-Q", "pangrams.txt"],
    size: "80x24",
    steps: [
      key("", "pangrams.txt"),
      key("\x1b>A last line, 漢字 and 🙂", "A last line"),
      key("\x182\x18o\x1b<", "Top"),
      key("\x13vow\r", "pangrams"),
      key("\x00\x0e\x0e\x0e", "pangrams"),
      key("\x1bxlist-colors-display\r", "black"),
      size("70x20", "black"),
      size("80x24", "black"),
      key("\x18\x03", "Save file"),
      key("n", "exit anyway"),
      key("yes\r", ""),
    ],
  },
  {
    name: "htop",
    argv: ["htop", "-d", "50"],
    size: "80x24",
    steps: [
      key("", "PID"),
      key("t", "F5List"),
      key("\x1bOQ", "Meters"),
      key(DOWN + DOWN, "Meters"),
      key("\x1b", "F5List"),
      key("\x1bOP", "2004"),
      key(" ", "F5List"),
      size("100x16", "F5List"),
      size("80x24", "F5List"),
      key("q", ""),
    ],
  },
  {
    name: "git-log",
    argv: ["git", "-c", "core.pager=less -R", "log", "--graph", "--stat", "-p", "--color=always"],
    size: "80x24",
    steps: [
      key("", "commit"),
      key("   ", "commit"),
      key("/sphinx\r", "phinx"),
      key("-S\r", "phinx"),
      size("60x20", "phinx"),
      size("80x24", "phinx"),
      key("G", "(END)"),
      key("g", "commit"),
      key("q", ""),
    ],
  },
  {
    name: "fish",
    argv: ["fish", "--no-config", "--init-command", "function fish_prompt; set_color green; echo -n 'fish> '; end"],
    size: "80x24",
    steps: [
      key("", "fish>"),
      key("echo one; seq 30\r", "30\nfish>"),
      key("echo tw", "echo tw"),
      key(`o\x1b[A\x1b[A${LEFT}${LEFT}`, "fish>"),
      key("\x03", "fish>"),
      key("cat pan\t", "pangrams.txt"),
      key("\r", "fish>"),
      key("git \t\t", "folder/"),
      key("\x1b\x03", "fish>"),
      size("50x24", "fish>"),
      size("80x24", "fish>"),
      key("\x04", ""),
    ],
  },
  {
    // Every screen of its menus 1, 2 and 8: each waits for a RETURN.
    name: "vttest",
    argv: ["vttest"],
    size: "80x24",
    steps: [
      key("", "Enter choice number"),
      ...screens("1", 6),
      ...screens("2", 15),
      ...screens("8", 14),
      key("0\r", ""),
    ],
  },
];

const PANGRAMS = [
  "Sphinx of black quartz, judge my vow.",
  "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
  "Příliš žluťoučký kůň úpěl ďábelské ódy.",
  "いろはにほへと ちりぬるを",
  "視野無限廣，窗外有藍天",
  "\tA tab, then a line that is far too long for any of the windows that it is going to be shown in, so that it wraps.",
];

/** Makes the directory that every recipe is played in: a few files and a small history, the same wherever it is made. */
export function layOut(directory: string): void {
  mkdirSync(join(directory, "folder"), { recursive: true });
  const git = (...args: string[]) =>
    spawnSync("git", args, {
      cwd: directory,
      env: {
        PATH: process.env.PATH,
        HOME: directory,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_DATE: "2024-05-01T12:00:00Z",
        GIT_COMMITTER_DATE: "2024-05-01T12:00:00Z",
        ...{ GIT_AUTHOR_NAME: "A. Writer", GIT_AUTHOR_EMAIL: "writer@example.org" },
        ...{ GIT_COMMITTER_NAME: "A. Writer", GIT_COMMITTER_EMAIL: "writer@example.org" },
      },
    });
  git("init", "--quiet", "--initial-branch=main");
  for (let round = 1; round <= 6; round += 1) {
    const lines = Array.from({ length: round * 4 }, (_, line) => `${line + 1} ${PANGRAMS[line % PANGRAMS.length]}\n`);
    writeFileSync(join(directory, "pangrams.txt"), lines.join(""));
    writeFileSync(join(directory, "folder", `${round}.txt`), `${round}\n`.repeat(round));
    git("add", "--all");
    git("commit", "--quiet", "--message", `Round ${round}: more sphinx, 漢字`);
  }
}
