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
    let used = 0;
    let out = "";
    for (const [index, column] of columns.entries()) {
      const last = index === columns.length - 1;
      let text = texts[index] ?? "";
      if (width !== undefined) text = truncateToWidth(text, Math.max(0, width - used));
      const blanks = " ".repeat(Math.max(0, (widths[index] ?? 0) - textWidth(text)));
      const name = styleOf(index);
      const styled = name === undefined ? text : style(name, text);
      out += column.alignRight ? blanks + styled : styled + (last ? "" : blanks);
      if (!last) out += GAP;
      used += (widths[index] ?? 0) + GAP.length;
      if (width !== undefined && used >= width) break;
    }
    return out.trimEnd();
  };
  return [
    line(
      columns.map((column) => column.title),
      () => "dim",
    ),
    ...rows.map((row, at) => line(cells[at] ?? [], (index) => columns[index]?.style?.(row))),
  ];
}
