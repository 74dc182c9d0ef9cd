// Text in the rows of a terminal of any width, for `bide compose`: long lines go on in the next row, so that nothing
// is cut off on a phone. Everything is made visible first; a row never has more cells than there are.

import { visible } from "../../terminal/visible.ts";
import { textWidth } from "../../terminal/width.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The last `rows` rows that the lines take. */
export function wrappedRows(lines: readonly string[], cols: number, rows: number): string[] {
  const shown: string[] = [];
  for (const line of lines.toReversed()) {
    if (shown.length >= rows) break;
    shown.unshift(...rowsOf(visible(line.replaceAll("\t", "    ")), cols));
  }
  return shown.slice(-rows || shown.length).slice(0, rows);
}

/** The prompt and what is written behind it; of a long text its end. `cells`: how many of the row they take. */
export function promptRow(text: string, cols: number): { row: string; cells: number } {
  const shown = `> ${visible(text.replaceAll("\n", "⏎"))}`;
  if (textWidth(shown) < cols) return { row: shown, cells: textWidth(shown) };
  const parts = [...graphemes.segment(shown)].map(({ segment }) => segment);
  let row = "";
  while (parts.length > 0 && textWidth((parts.at(-1) ?? "") + row) < cols - 1) row = (parts.pop() ?? "") + row;
  return { row: `<${row}`, cells: textWidth(row) + 1 };
}

function rowsOf(line: string, cols: number): string[] {
  if (textWidth(line) <= cols) return [line];
  const rows: string[] = [];
  let row = "";
  let cells = 0;
  for (const { segment } of graphemes.segment(line)) {
    const width = textWidth(segment);
    if (cells + width > cols) {
      rows.push(row);
      row = "";
      cells = 0;
    }
    if (width > cols) continue;
    row += segment;
    cells += width;
  }
  return [...rows, row];
}
