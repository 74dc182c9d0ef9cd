// `npm run check` step: every source file is small and named after what it does (architecture, "Style"). Kebab-case,
// no drawer names, at most 400 lines, a comment at the top (tests need none: their titles are sentences). `scripts/bun scripts/check-files.ts [ROOT]`.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ROOT } from "./checkout.ts";

/** Past 250 lines somebody should ask what the file's second job is; past this nobody needs to ask. */
const MOST_LINES = 400;
const DRAWERS = /^(utils?|helpers?|commons?|managers?|misc)$/;

const root = resolve(process.argv[2] ?? ROOT);
const wrong = ["src", "test", "scripts"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => complaints(join(folder, path)).map((complaint) => `${join(folder, path)}: ${complaint}`)),
);
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exit(1);

function complaints(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const lines = text.split("\n").length - 1;
  const words = path.replace(/\.ts$/, "").split(/[/.-]/);
  const drawer = words.find((word) => DRAWERS.test(word));
  return [
    ...(lines > MOST_LINES ? [`${lines} lines, expected at most ${MOST_LINES}`] : []),
    ...(drawer === undefined ? [] : [`"${drawer}" says nothing; name it after what it does`]),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/.test(basename(path)) ? [] : ["expected a name in kebab-case"]),
    ...(path.endsWith(".test.ts") || /^(#!.*\n)?\/\//.test(text) ? [] : ["expected a comment at the top: what it is"]),
  ];
}
