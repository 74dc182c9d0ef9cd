// Looks at the cells of one row: which are blank, how wide, where the content ends. Used by everything that
// writes rows out.

import { CELL_WORDS, HAS_CONTENT, WIDTH_SHIFT } from "./cell.ts";
import type { Line } from "./xterm-internals.ts";

/** Characters on whose width all terminals agree: Latin to Cyrillic, box drawing, CJK, kana, Hangul syllables. */
export function isSettled(first: number, text: string): boolean {
  if (text.length > 1) return false;
  return (
    (first >= 0xa0 && first < 0x300) ||
    (first >= 0x370 && first < 0x483) ||
    (first >= 0x2500 && first < 0x2580) ||
    (first >= 0x3041 && first < 0x3130) ||
    (first >= 0x4e00 && first < 0xa000) ||
    (first >= 0xac00 && first < 0xd7a4)
  );
}

/** Whether the last cell is blank because the wide character that came next did not fit into it. */
export function isGap(line: Line, next: Line): boolean {
  const last = line.length - 1;
  return isBlank(line, last) && widthAt(line, last) === 1 && widthAt(next, 0) === 2;
}

export function isBlank(line: Line, column: number): boolean {
  return ((line._data[column * CELL_WORDS] ?? 0) & HAS_CONTENT) === 0;
}

export function widthAt(line: Line, column: number): number {
  return (line._data[column * CELL_WORDS] ?? 0) >>> WIDTH_SHIFT;
}

/** The column after the last cell before `to` that is not a plain blank. */
export function contentEnd(line: Line, to: number = line.length): number {
  const cells = line._data;
  let column = to;
  while (column > 0) {
    const at = (column - 1) * CELL_WORDS;
    const content = cells[at] ?? 0;
    if ((content & HAS_CONTENT) !== 0 || cells[at + 1] !== 0 || cells[at + 2] !== 0) break;
    // The second half of a wide character is blank, but not for the taking.
    if (content >>> WIDTH_SHIFT === 0) break;
    column -= 1;
  }
  return column;
}

/** Where the blank cells at the end of the row begin; `to` when its last cell is not blank. */
export function blankTail(line: Line, to: number): number {
  let column = to;
  while (column > 0 && isBlank(line, column - 1) && widthAt(line, column - 1) !== 0) {
    column -= 1;
  }
  return column;
}
