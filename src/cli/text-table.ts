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

/** The lines of the table, its titles first. */
export function tableLines<T>(columns: readonly Column<T>[], rows: readonly T[], options: TableOptions): string[] {
  const { style, width } = options;
  const cells = rows.map((row) => columns.map((column) => visible(column.cell(row))));
  const widths = columns.map((column, index) =>
    cells.reduce((most, line) => Math.max(most, textWidth(line[index] ?? "")), column.title.length),
  );
  const line = (texts: readonly string[], styleOf: (index: number) => StyleName | undefined) => {
    let room = width ?? Number.POSITIVE_INFINITY;
    const parts: string[] = [];
    for (const [index, column] of columns.entries()) {
      const text = texts[index] ?? "";
      const blanks = " ".repeat(Math.max(0, (widths[index] ?? 0) - textWidth(text)));
      const padded = column.alignRight ? blanks + text : text + blanks;
      const fits = textWidth(padded) <= room;
      const shown = fits ? padded : truncateToWidth(padded.trimEnd(), room);
      const name = styleOf(index);
      parts.push(name === undefined ? shown : style(name, shown));
      room -= textWidth(padded) + GAP.length;
      if (room <= 0) break;
    }
    return parts.join(GAP).trimEnd();
  };
  return [
    line(
      columns.map((column) => column.title),
      () => "dim",
    ),
    ...rows.map((row, at) => line(cells[at] ?? [], (index) => columns[index]?.style?.(row))),
  ];
}
