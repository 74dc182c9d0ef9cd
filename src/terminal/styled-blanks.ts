// Blank cells that carry more than a background: what is left of half a wide character, or of a wide one that
// did not fit. No erasure makes them, so an exact snapshot overwrites half a wide character to get each; for
// anything else a space in that style will do. Part of the row writer.

import { CELL_WORDS, COLOUR, cellStyle, HAS_CONTENT, type Style, WIDTH_SHIFT } from "./cell.ts";
import type { RowWriter } from "./row-writer.ts";
import type { Line } from "./xterm-internals.ts";

/** U+3000, as wide as a character can be everywhere. */
const WIDE = "\u3000";

export function isStyledBlank(style: Style): boolean {
  return style.fg !== 0 || (style.bg & COLOUR) !== style.bg || style.link !== 0;
}

/**
 * Makes every such cell of the row in [from, to); the columns returned are spoilt and must be written, even if they
 * are blank. To be called before the rest of the row is written.
 */
export function writeStyledBlanks(out: RowWriter, line: Line, from: number, to: number): Set<number> {
  const spoilt = new Set<number>();
  for (let end = to; end > from; ) {
    if (!isStyled(line, end - 1)) {
      end -= 1;
      continue;
    }
    let start = end - 1;
    while (start > from && isStyled(line, start - 1)) start -= 1;
    if (start > 0) {
      // Overwriting the left half blanks the right one: from the right, each spoils the cell to its left.
      for (let column = end - 1; column >= start; column -= 1) {
        halve(out, column - 1, column - 1, cellStyle(line, column));
      }
      spoilt.add(start - 1);
    } else if (end < line.length) {
      // At the left edge it has to be the other half.
      for (let column = start; column < end; column += 1) halve(out, column, column + 1, cellStyle(line, column));
      spoilt.add(end);
    } else for (let column = 0; column < end - 1; column += 1) blankBoth(out, column, cellStyle(line, column));
    end = start;
  }
  return spoilt;
}

function halve(out: RowWriter, wideAt: number, spaceAt: number, style: Style): void {
  out.style(style);
  out.goTo(wideAt);
  out.raw(WIDE, undefined);
  out.goTo(spaceAt);
  out.raw(" ", spaceAt + 1);
}

/** A soft hyphen prints nothing, but the engine blanks the wide character that it stands in. */
function blankBoth(out: RowWriter, column: number, style: Style): void {
  out.style(style);
  out.goTo(column);
  out.raw(WIDE, undefined);
  out.goTo(column + 1);
  out.raw("\u00ad", column + 1);
}

function isStyled(line: Line, column: number): boolean {
  const content = line._data[column * CELL_WORDS] ?? 0;
  return (content & HAS_CONTENT) === 0 && content >>> WIDTH_SHIFT !== 0 && isStyledBlank(cellStyle(line, column));
}
