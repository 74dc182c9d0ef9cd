// What inserts, deletes and scrolls between left and right margins: rectangles of cells, where the engine knows whole
// rows only. DECBI and DECFI, which the engine lacks, are here too. screen.ts installs it.

import { CELL_WORDS, WIDTH_SHIFT } from "./cell.ts";
import type { MarginScroll } from "./margin-moves.ts";
import type { Margins } from "./margins.ts";
import type { Engine, Line, NullCell, Params } from "./xterm-internals.ts";

const BLANK = [1 << WIDTH_SHIFT, 0, 0];

export function installMarginEdits(engine: Engine, margins: Margins): MarginScroll & { insert: InsertCells } {
  const input = engine._inputHandler;
  const parser = input._parser;
  const row = (y: number) => input._activeBuffer.lines.get(input._activeBuffer.ybase + y) as Line;
  const fill = () => input._activeBuffer.getNullCell(input._eraseAttrData());
  const inColumns = () => {
    const { x } = input._activeBuffer;
    return x >= margins.left && x <= margins.right;
  };
  const inRows = () => {
    const { y, scrollTop, scrollBottom } = input._activeBuffer;
    return y >= scrollTop && y <= scrollBottom;
  };

  /** Moves cells [from, right margin] of a row by `count` columns, to the right or (negative) to the left. */
  const shiftRow = (y: number, from: number, count: number) => {
    const line = row(y);
    const width = margins.right - from + 1;
    const moved = width - Math.min(Math.abs(count), width);
    separate(line, from);
    separate(line, margins.right + 1);
    if (count > 0) {
      // What is cut at the margin is lost whole.
      separate(line, from + moved);
      line.copyCellsFrom(line, from, from + width - moved, moved, true);
      erase(line, from, from + width - moved, fill());
    } else {
      separate(line, from + width - moved);
      line.copyCellsFrom(line, from + width - moved, from, moved, false);
      erase(line, from + moved, margins.right + 1, fill());
    }
  };

  /** Moves the rows [from, to] between the margins by `count`, down or (negative) up. */
  const shiftRows = (from: number, to: number, count: number) => {
    const { left, right } = margins;
    const height = to - from + 1;
    const moved = height - Math.min(Math.abs(count), height);
    for (let y = from; y <= to; y += 1) {
      separate(row(y), left);
      separate(row(y), right + 1);
      row(y)._isWrapped = false;
    }
    for (let step = 0; step < moved; step += 1) {
      const target = count > 0 ? to - step : from + step;
      const source = count > 0 ? target - (height - moved) : target + (height - moved);
      row(target).copyCellsFrom(row(source), left, left, right - left + 1, false);
    }
    for (let step = moved; step < height; step += 1) {
      erase(row(count > 0 ? from + step - moved : to - step + moved), left, right + 1, fill());
    }
  };

  const index = () => {
    input._restrictCursor();
    const buffer = input._activeBuffer;
    if (buffer.y === buffer.scrollBottom) {
      if (inColumns()) shiftRows(buffer.scrollTop, buffer.scrollBottom, -1);
    } else if (buffer.y < engine.rows - 1) buffer.y += 1;
  };
  const reverseIndex = () => {
    input._restrictCursor();
    const buffer = input._activeBuffer;
    if (buffer.y === buffer.scrollTop) {
      if (inColumns()) shiftRows(buffer.scrollTop, buffer.scrollBottom, 1);
    } else if (buffer.y > 0) buffer.y -= 1;
  };
  const lines = (count: number) => {
    input._restrictCursor();
    const buffer = input._activeBuffer;
    if (!inRows() || !inColumns()) return;
    shiftRows(buffer.y, buffer.scrollBottom, count);
    buffer.x = margins.left;
  };
  const scroll = (count: number) => {
    input._restrictCursor();
    shiftRows(input._activeBuffer.scrollTop, input._activeBuffer.scrollBottom, count);
  };
  const cells = (count: number) => {
    input._restrictCursor();
    if (inColumns()) shiftRow(input._activeBuffer.y, input._activeBuffer.x, count);
  };
  const columns = (from: number, count: number) => {
    const { scrollTop, scrollBottom } = input._activeBuffer;
    for (let y = scrollTop; y <= scrollBottom; y += 1) {
      row(y)._isWrapped = false;
      shiftRow(y, from, count);
    }
  };
  const columnsHere = (count: number) => {
    input._restrictCursor();
    if (inRows() && inColumns()) columns(input._activeBuffer.x, count);
  };
  const sideways = (count: number) => {
    input._restrictCursor();
    if (inRows()) columns(margins.left, count);
  };

  const edits: readonly (readonly [intermediates: string, final: string, edit: (count: number) => void])[] = [
    ["", "@", cells],
    ["", "P", (count) => cells(-count)],
    ["", "L", lines],
    ["", "M", (count) => lines(-count)],
    ["", "S", (count) => scroll(-count)],
    ["", "T", scroll],
    ["", "^", scroll],
    [" ", "@", (count) => sideways(-count)],
    [" ", "A", sideways],
    ["'", "}", columnsHere],
    ["'", "~", (count) => columnsHere(-count)],
  ];
  for (const [intermediates, final, edit] of edits) {
    parser.registerCsiHandler({ ...(intermediates && { intermediates }), final }, (params: Params) => {
      if (!margins.active) return false;
      edit(params.params[0] || 1);
      return true;
    });
  }
  parser.registerEscHandler({ final: "M" }, () => {
    if (margins.active) reverseIndex();
    return margins.active;
  });
  // At the margin the columns move instead of the cursor.
  parser.registerEscHandler({ final: "6" }, () => {
    input._restrictCursor();
    const buffer = input._activeBuffer;
    if (buffer.x !== margins.left) buffer.x = Math.max(0, buffer.x - 1);
    else if (inRows()) columns(margins.left, 1);
    return true;
  });
  parser.registerEscHandler({ final: "9" }, () => {
    input._restrictCursor();
    const buffer = input._activeBuffer;
    if (buffer.x !== margins.right) buffer.x = Math.min(engine.cols - 1, buffer.x + 1);
    else if (inRows()) columns(margins.left, -1);
    return true;
  });
  return { index, insert: (count) => shiftRow(input._activeBuffer.y, input._activeBuffer.x, count) };
}

/** Moves the cells from the cursor to the margin, to make room for a character. */
export type InsertCells = (count: number) => void;

/** Cells that were moved away: what is left of wide characters there counts for nothing. */
function erase(line: Line, from: number, to: number, fill: NullCell): void {
  for (let column = from; column < to; column += 1) line._data.set(BLANK, column * CELL_WORDS);
  line.replaceCells(from, to, fill);
}

/** Cuts between `column - 1` and `column`: a wide character that stands across becomes two blanks. */
function separate(line: Line, column: number): void {
  if (column <= 0 || column >= line.length) return;
  const before = (column - 1) * CELL_WORDS;
  if ((line._data[before] ?? 0) >>> WIDTH_SHIFT !== 2) return;
  line._data.set(BLANK, before);
  line._data.set(BLANK, column * CELL_WORDS);
}
