// Columns of text, aligned by display width. Cells are made safe to show here, so that no caller can forget.

import { visible } from "../terminal/visible.ts";
import { textWidth, truncateToWidth } from "../terminal/width.ts";
import type { Style, StyleName } from "./terminal-style.ts";

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string;
  readonly alignRight?: boolean;
  readonly style?: (row: T) => StyleName | undefined;
}

export interface TableOptions {
  readonly style: Style;
  /** Cells of the terminal: lines are cut there. Undefined when the reader is no terminal: nothing is cut. */
  readonly width?: number;
}

const GAP = "  ";
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

interface Cell {
  readonly text: string;
  readonly width: number;
}

/** The lines of the table, its titles first. */
export function tableLines<T>(columns: readonly Column<T>[], rows: readonly T[], options: TableOptions): string[] {
  const cells = rows.map((row) => columns.map((column) => cellOf(column.cell(row))));
  const widths = columns.map((column) => column.title.length);
  for (const row of cells) {
    for (const [index, { width }] of row.entries()) if (width > (widths[index] as number)) widths[index] = width;
  }
  const line = (texts: readonly Cell[], styleOf: (index: number) => StyleName | undefined) => {
    let room = options.width ?? Number.POSITIVE_INFINITY;
    let shown = "";
    for (const [index, { text, width }] of texts.entries()) {
      const all = widths[index] as number;
      const blanks = " ".repeat(all - width);
      const padded = columns[index]?.alignRight ? blanks + text : text + blanks;
      const fitting = all <= room ? padded : truncateToWidth(padded.trimEnd(), room);
      const name = styleOf(index);
      shown += (index === 0 ? "" : GAP) + (name === undefined ? fitting : options.style(name, fitting));
      room -= all + GAP.length;
      if (room <= 0) break;
    }
    return shown.trimEnd();
  };
  const titles = columns.map(({ title }) => ({ text: title, width: title.length }));
  const body = rows.map((row, at) => line(cells[at] ?? [], (index) => columns[index]?.style?.(row)));
  return [line(titles, () => "dim"), ...body];
}

/** Nearly every cell is plain: one look at it is enough then. */
function cellOf(text: string): Cell {
  if (PLAIN_ASCII.test(text)) return { text, width: text.length };
  const shown = visible(text);
  return { text: shown, width: textWidth(shown) };
}
