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
  // The mode, which is on already, keeps what comes from joining it.
  if (orphaned) out.raw(`${" ".repeat(at(lines, first).length)}\x1b[?7h`, undefined);
  let wraps = orphaned || goesOn;
  let filler: Filler | undefined;
  // A screen of one row cannot go back to blank what filled the row above: only a wide character leaves a cell free.
  let onlyGap = false;
  for (let index = first; index < lines.length; index += 1) {
    const line = at(lines, index);
    const written = index - first + (orphaned ? 1 : 0);
    let from = 0;
    if (wraps && onlyGap) from = wrapFromGap(out, line, at(lines, index - 1));
    else if (wraps) from = wrapInto(out, line, rows > 1 ? filler : undefined);
    else if (index > first) out.newline();
    const next = index + 1 < lines.length ? at(lines, index + 1) : undefined;
    wraps = next?._isWrapped === true;
    const marks = marksAt?.(index);
    if (marks !== undefined && marks.length > 0) from = writeMarked(out, line, from, marks, orphan);
    onlyGap = rows === 1 && wraps && isBlank(line, line.length - 1) && widthAt(line, line.length - 1) === 1;
    if (onlyGap || (wraps && next !== undefined && isGap(line, next)))
      filler = writeToGap(out, line, next as Line, from);
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
  // A row that was full already, with the cursor at its edge, is written again to get there.
  return exact && written >= line.length ? 0 : written;
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
    if (column < line.length) out.raw(`\x1b[B\x1b[${column + 1}G`, column);
    else {
      // At the edge again, where the cursor waits.
      out.raw("\x1b[B\r", 0);
      out.cell(line, 0);
    }
  }
  if (!blank) return column;
  out.goTo(0);
  out.style(PLAIN);
  out.raw("\x1b[X", 0);
  return 0;
}

/** Wraps by a wide character that does not fit, and takes it away again. */
function wrapFromGap(out: RowWriter, line: Line, before: Line): number {
  out.style(cellStyle(before, before.length - 1));
  out.raw("\u3000", undefined);
  out.goTo(0);
  out.style(PLAIN);
  out.raw(`\x1b[${line.length}X`, 0);
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
