// `npm run docs`: writes docs/bide.1 and docs/commands.md from the table of commands, and the tables of docs/tmux.md.
// With --check it writes nothing and ends with 1 when they are stale.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { VERSION } from "../src/base/version.ts";
import { allCommands } from "../src/cli/command-table.ts";
import { manPageOf } from "../src/cli/documents/man-page.ts";
import { markdownOf } from "../src/cli/documents/markdown.ts";
import { tmuxPage } from "./tmux-page.ts";

const DOCUMENTS = [
  ["bide.1", manPageOf(allCommands(), VERSION)],
  ["commands.md", markdownOf(allCommands())],
  ["tmux.md", tmuxPage(read("tmux.md"))],
] as const;

const check = process.argv.includes("--check");
for (const [name, text] of DOCUMENTS) {
  if (!check) writeFileSync(pathOf(name), text);
  else if (read(name) !== text) {
    console.error(`docs/${name} is stale: run \`npm run docs\``);
    process.exitCode = 1;
  }
}

function pathOf(name: string): string {
  return resolve(import.meta.dir, "../docs", name);
}

/** Empty when the file is not there. */
function read(name: string): string {
  try {
    return readFileSync(pathOf(name), "utf8");
  } catch {
    return "";
  }
}
