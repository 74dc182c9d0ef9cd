// The lines above a model's own scrollback, which are kept as text, in the form that a person's terminal is sent:
// they scroll into its scrollback before the model's rows are drawn. snapshot.ts calls it.

import { concat } from "../base/byte-queue.ts";
import type { Joiner } from "./row-writer.ts";
import { SgrTracker } from "./sgr-tracker.ts";

const LINE_FEED = 0x0a;
const ESC = 0x1b;
const LINE_END = Uint8Array.of(0x0d, LINE_FEED);
/** Blanks in the colour of nothing: a terminal paints the row that a character with a background wraps into. */
const UNPAINTED_END = new TextEncoder().encode("\x1b[m\x1b[K\r\n");

/** `lines` end with a line feed each, but one that the first row of the model continues; they begin and end plain. */
export function writeAbove(lines: Uint8Array, cols: number, joiner: Joiner): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < lines.length; ) {
    const found = lines.indexOf(LINE_FEED, at);
    const end = found < 0 ? lines.length : found;
    const line = lines.subarray(at, end);
    parts.push(line);
    if (found >= 0) parts.push(mayPaint(line, cols) && endColumn(line, cols, joiner) < cols ? UNPAINTED_END : LINE_END);
    at = end + 1;
  }
  return concat(parts);
}

/** Whether it may wrap while there is a background. */
function mayPaint(line: Uint8Array, cols: number): boolean {
  if (line.length <= cols) return false;
  const sgr = new SgrTracker();
  for (let at = line.indexOf(ESC); at >= 0; at = line.indexOf(ESC, at + 1)) {
    if (line[at + 1] === 0x5b && (sgr.apply(line, at) < 0 || sgr.background)) return true;
  }
  return false;
}

/** Where the cursor is after the line, counted as the engine counts; `cols` when it waits at the right edge. */
function endColumn(line: Uint8Array, cols: number, joiner: Joiner): number {
  // SGR, DECSCA and links are the only sequences that a line of ours has.
  const sequences = /\x1b(?:\[[0-9:;]*(?:m|"q)|\][^\x1b]*\x1b\\)/g;
  let column = 0;
  for (const text of new TextDecoder().decode(line).split(sequences)) {
    let join = 0;
    let last = 0;
    for (const character of text) {
      join = joiner.charProperties(character.codePointAt(0) ?? 0, join);
      const width = (join >> 1) & 3;
      if (join & 1) column += Math.max(0, width - last);
      else if (column + width > cols) column = width;
      else column += width;
      last = width;
    }
  }
  return column;
}
