// An upper bound of the cursor's column, in bytes and not in cells, because only the terminal knows its widths
// (no character has more cells than bytes). Kept by drawing-moment.ts for one question: can the cursor be
// waiting behind the last column? A saved and restored cursor forgets that on some terminals (xterm.js).

import type { ControlParser } from "./control-parser.ts";

const CR = 0x0d;
const TAB = 0x09;

export class ColumnBound {
  /** Cells left of the cursor, at most. */
  #cells = 0;

  /** Whether a character printed now is surely printed on this line. */
  below(cols: number): boolean {
    return this.#cells < cols;
  }

  /** A run of text and C0 controls. */
  text(bytes: Uint8Array): void {
    const start = bytes.lastIndexOf(CR);
    const line = start < 0 ? bytes : bytes.subarray(start + 1);
    this.#cells = (start < 0 ? this.#cells : 0) + line.length + (line.includes(TAB) ? 8 * line.length : 0);
  }

  /** A CSI without prefix and intermediate; those that do not move the cursor sideways change nothing. */
  follow(parser: ControlParser, final: string, cols: number): void {
    if (final === "H" || final === "f") this.at(Math.min(cols, parser.parameter(1, 1) || 1) - 1);
    else if (final === "G" || final === "`") this.at(Math.min(cols, parser.parameter(0, 1) || 1) - 1);
    else if (final === "r" || final === "E" || final === "F") this.at(0);
    else if ("CaI".includes(final)) this.at(cols - 1);
    // It leaves its column, or stays in it and waits no longer.
    else if ("DABdejZk".includes(final)) this.at(Math.min(this.#cells, cols - 1));
    // REP
    else if (final === "b") this.#cells = Number.MAX_SAFE_INTEGER;
  }

  /** A sequence put the cursor into this column (from 0). */
  at(column: number): void {
    this.#cells = column;
  }
}
