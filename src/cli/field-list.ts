// `name: value` lines, for verbs that show one thing. Values are made safe to show here.

import { visible } from "../terminal/visible.ts";
import { writeText } from "./output.ts";
import type { Style } from "./terminal-style.ts";

export type Field = readonly [name: string, value: string | number | null | undefined];

/** Fields without a value are left out. */
export function writeFields(fields: readonly Field[], style: Style): void {
  const shown = fields.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const width = Math.max(0, ...shown.map(([name]) => name.length)) + 1;
  for (const [name, value] of shown) {
    const title = `${visible(name)}:`;
    writeText(`${style("dim", title)}${" ".repeat(Math.max(1, width + 1 - title.length))}${visible(String(value))}\n`);
  }
}
