import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { VERSION } from "../../base/version.ts";
import { allCommands } from "../command-table.ts";
import { helpOf, overview } from "../help.ts";
import { manPageOf } from "./man-page.ts";
import { markdownOf } from "./markdown.ts";

const COMMANDS = allCommands();
const DOCS = resolve(import.meta.dir, "../../../docs");
const plain = (_name: unknown, text: string) => text;

test("docs/commands.md and docs/bide.1, as the table of commands says (`npm run docs` writes them)", () => {
  expect(readFileSync(`${DOCS}/commands.md`, "utf8") === markdownOf(COMMANDS)).toBe(true);
  expect(readFileSync(`${DOCS}/bide.1`, "utf8") === manPageOf(COMMANDS, VERSION)).toBe(true);
});

test("the help of a verb, examples first and every flag in it", () => {
  for (const command of COMMANDS) {
    const text = helpOf(command, plain);
    expect(text.startsWith("Examples\n")).toBe(true);
    for (const flag of command.flags) expect(text).toContain(`--${flag.name}`);
  }
});

test("the overview, every verb and alias in a line that fits a terminal of 120 columns", () => {
  const text = overview(COMMANDS, plain);
  for (const { verb, aliases } of COMMANDS) for (const name of [verb, ...(aliases ?? [])]) expect(text).toContain(name);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});

test("the man page, no line that roff would take for a request of its own", () => {
  const known = /^\.(TH|SH|SS|B|I|PP|TP|nf|fi|RS|RE|\\")( |$)/;
  for (const line of manPageOf(COMMANDS, VERSION).split("\n")) {
    if (line.startsWith(".") || line.startsWith("'")) expect(line).toMatch(known);
  }
});
