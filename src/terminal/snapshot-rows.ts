// Writes the rows of one screen: from a blank screen with the cursor at its top left, through the scrollback
// that scrolls off, to the last row, keeping soft-wrapped lines one line. snapshot.ts calls it.

import { COLOUR, cellStyle, PLAIN, sameStyle } from "./cell.ts";
import { isBlank, isGap, widthAt } from "./row-cells.ts";
import type { Filler, RowWriter } from "./row-writer.ts";
import { markSequence, type ShellMark } from "./shell-marks.ts";
import type { Line, Lines } from "./xterm-internals.ts";

interface RowsOptions {
  /** Index of the first line to write. */
  readonly first: number;
  /** Rows of the screen that is written to. */
  readonly rows: number;
  /**
   * Restore even that the first line continues one that is no longer there. It takes CSI 3 J, so it is only for
   * a model, never for a person's terminal.
   */
  readonly orphan: boolean;
  /** What a shell said about a row: see ShellMarks.at. */
  readonly marksAt?: (row: number) => readonly ShellMark[];
  /** The cursor waits at the right edge, at the end of the row that the first line continues. */
  readonly goesOn: boolean;
}

/** Region, origin mode and the like are at their defaults. Afterwards cursor and pen are anywhere. */
export function writeRows(out: RowWriter, lines: Lines, options: RowsOptions): void {
  const { first, rows, orphan, goesOn, marksAt } = options;
  const orphaned = orphan && at(lines, first)._isWrapped;
  // A line before the first that wraps into it, to be thrown away as soon as it has scrolled off.
  if (orphaned) out.raw(" ".repeat(at(lines, first).length), undefined);
  let wraps = orphaned || goesOn;
  let filler: Filler | undefined;
  for (let index = first; index < lines.length; index += 1) {
    const line = at(lines, index);
    const written = index - first + (orphaned ? 1 : 0);
    let from = 0;
    if (wraps) from = wrapInto(out, line, rows > 1 ? filler : undefined);
    else if (index > first) out.newline();
    const next = index + 1 < lines.length ? at(lines, index + 1) : undefined;
    wraps = next?._isWrapped === true;
    const marks = marksAt?.(index);
    if (marks !== undefined && marks.length > 0) from = writeMarked(out, line, from, marks, orphan);
    if (wraps && next !== undefined && isGap(line, next)) filler = writeToGap(out, line, next, from);
    else filler = out.row(line, { from, to: line.length, continues: wraps });
    if (orphaned && written === rows) out.raw("\x1b[3J", undefined);
  }
}

/**
 * Repeats what a shell said about a row; returns the column to go on at. For a person's terminal the cells up to each
 * mark are written first: some terminals give the cells that follow a mark its kind. A prompt that does not begin its
 * row is left out there, for a terminal may break the row before it.
 */
function writeMarked(out: RowWriter, line: Line, from: number, marks: readonly ShellMark[], exact: boolean): number {
  let written = from;
  for (const { column, text } of marks) {
    const to = exact ? column : Math.max(written, column);
    if (!exact && ((text[0] === "A" && column > 0) || widthAt(line, to) === 0)) continue;
    if (!exact && to > written) {
      out.row(line, { from: written, to, continues: false });
      written = to;
    }
    out.goTo(to);
    out.raw(markSequence(text), to);
  }
  return written;
}

/** Begins a row by wrapping into it; returns the column to go on at. `filler` is in the row above. */
function wrapInto(out: RowWriter, line: Line, filler: Filler | undefined): number {
  const blank = isBlank(line, 0);
  out.wrap();
  let column = 1;
  if (blank) {
    out.style(PLAIN);
    out.raw(" ", 1);
  } else {
    column = out.cell(line, 0);
    // A row that came by scrolling is painted with the background of the character that made it.
    if ((cellStyle(line, 0).bg & COLOUR) !== 0 && column < line.length) {
      out.style(PLAIN);
      out.raw(`\x1b[${line.length - column}X`, column);
    }
  }
  if (filler !== undefined) {
    out.raw(`\x1b[A\x1b[${filler.from + 1}G`, filler.from);
    out.blankFiller(filler);
    out.raw(`\x1b[B\x1b[${column + 1}G`, column);
  }
  if (!blank) return column;
  out.goTo(0);
  out.style(PLAIN);
  out.raw("\x1b[X", 0);
  return 0;
}

/** Prints up to the gap; the wide character will leave it blank in its own style. */
function writeToGap(out: RowWriter, line: Line, next: Line, from: number): Filler | undefined {
  const last = line.length - 1;
  out.row(line, { from, to: last, continues: false });
  out.goTo(last);
  return sameStyle(cellStyle(line, last), cellStyle(next, 0)) ? undefined : { line, from: last, to: line.length };
}

function at(lines: Lines, index: number): Line {
  return lines.get(index) as Line;
}
