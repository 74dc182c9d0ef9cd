// `npm run check` step: imports between the folders of src/ point one way (architecture, "Folders, and who may import
// whom"). Every relative import counts: types and import() too; tests may import what they test. A folder without a row
// fails, so that nobody forgets to place a new one. biome's noRestrictedImports cannot say this: it sees `../x/y.ts`,
// not the folder that it leads to, and can only list what is forbidden. `scripts/bun scripts/check-imports.ts [SRC]`.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ROOT } from "./checkout.ts";

const FACE = ["client", "terminal", "protocol", "base"];

/** Folder of src/ -> folders that it may import, itself apart. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  protocol: ["base"],
  terminal: ["base"],
  pty: ["base"],
  store: ["base"],
  session: ["protocol", "pty", "terminal", "store", "base"],
  host: ["protocol", "store", "pty", "base"],
  client: ["protocol", "terminal", "base"],
  attach: FACE,
  faces: FACE,
  tui: FACE,
  tmux: FACE,
  agents: FACE,
  mcp: FACE,
  cli: ["attach", "tui", "tmux", "agents", "mcp", "faces", ...FACE],
  bin: ["cli", "host", "session", "tmux", "base"],
};

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+)["']/g;

const src = resolve(process.argv[2] ?? join(ROOT, "src"));
const wrong = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(isProduction).flatMap(wrongImports);
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exit(1);

function isProduction(path: string): boolean {
  return path.endsWith(".ts") && !path.endsWith(".test.ts");
}

function wrongImports(path: string): string[] {
  const from = path.split(sep)[0] ?? path;
  const allowed = ALLOWED[from];
  if (allowed === undefined) return [`${path}: give src/${from} a row in scripts/check-imports.ts`];
  const text = readFileSync(join(src, path), "utf8");
  return [...text.matchAll(IMPORT)].flatMap((found) => {
    const target = relative(src, resolve(src, dirname(path), found[1] ?? ""));
    const to = target.split(sep)[0] ?? target;
    if (to === from || allowed.includes(to)) return [];
    const line = text.slice(0, found.index).split("\n").length;
    const may = allowed.length === 0 ? "nothing" : allowed.join(", ");
    return [`src/${path}:${line}: ${from}/ may import ${may}, got ${target}`];
  });
}
