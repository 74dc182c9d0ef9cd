// The sequences of the status row that need no memory: what draws on its line, and what keeps a program's moves
// above it. Used by row-guard.ts, which knows when they may be sent. Rows count from 1.

import type { ControlParser } from "./control-parser.ts";

/** `text`, which ends where it likes, on the last of `rows` lines; the program's cursor is where it was afterwards. */
export function onStatusLine(text: string, rows: number, origin: boolean): string {
  // SGR, character sets and pending wrap come back with the cursor; origin mode does not everywhere.
  const [enter, leave] = origin ? ["\x1b[?6l", "\x1b[?6h"] : ["", ""];
  return `\x1b7${enter}\x1b(B\x0f\x1b[${rows};1H${text}${leave}\x1b8`;
}

/** Lines scroll above the status line only; moves the cursor home. */
export function regionAbove(rows: number): string {
  return `\x1b[1;${rows - 1}r`;
}

/** Takes line and region away; the cursor stays where it is. */
export function withoutStatusLine(rows: number, origin: boolean): string {
  const erase = `\x1b[r\x1b[${rows};1H\x1b[m\x1b[2K`;
  // Leaving origin mode moves the cursor; then the last line is where nothing is overwritten.
  return origin ? `\x1b[?6l${erase}\x1b[${rows - 1};1H` : `\x1b7${erase}\x1b8`;
}

/** Moves that the region does not stop: the program's last line is one above the terminal's. */
export function stopAbove(parser: ControlParser, final: string, rows: number): string | undefined {
  const last = rows - 1;
  const first = parser.parameter(0, 1) || 1;
  if (final === "e") return `\x1b[${first}B`;
  if (first <= last) return undefined;
  if (final === "H" || final === "f") return `\x1b[${last};${parser.parameter(1, 1) || 1}H`;
  return final === "d" ? `\x1b[${last}d` : undefined;
}
