// `npm run docs`: writes docs/bide.1 and docs/commands.md from the table of commands. With --check it writes nothing
// and ends with 1 when they are stale.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { VERSION } from "../src/base/version.ts";
import { COMMANDS } from "../src/cli/command-table.ts";
import { manPageOf } from "../src/cli/documents/man-page.ts";
import { markdownOf } from "../src/cli/documents/markdown.ts";

const DOCUMENTS = [
  ["bide.1", manPageOf(COMMANDS, VERSION)],
  ["commands.md", markdownOf(COMMANDS)],
] as const;

const check = process.argv.includes("--check");
for (const [name, text] of DOCUMENTS) {
  const path = resolve(import.meta.dir, "../docs", name);
  if (!check) writeFileSync(path, text);
  else if (read(path) !== text) {
    console.error(`docs/${name} is stale: run \`npm run docs\``);
    process.exitCode = 1;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
