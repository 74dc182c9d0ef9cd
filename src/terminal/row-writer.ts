// Writes cells of lines as text and escape sequences: what the snapshot and the history are made of. The rules:
// absolute positions only; blank cells are skipped or erased, never spaces; a position is set again after any
// character whose width another terminal may see differently.

import { CELL_WORDS, cellText, HAS_EXTENDED, PLAIN, type Style, sameStyle, styleOf } from "./cell.ts";
import type { Link } from "./links.ts";
import { blankTail, contentEnd, isBlank, isSettled, widthAt } from "./row-cells.ts";
import { PenWriter } from "./sgr.ts";
import { isStyledBlank, writeStyledBlanks } from "./styled-blanks.ts";
import type { Line } from "./xterm-internals.ts";

/** The engine's unicode service. */
export interface Joiner {
  charProperties(codePoint: number, preceding: number): number;
}

/** `exact`: for another model, which becomes equal cell by cell. `portable`: for any terminal. */
export type RowForm = "exact" | "portable";

export interface RowOptions {
  /** The first column and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** The next row continues this one: fill it up to `to`, so that the next character wraps. */
  readonly continues: boolean;
}

/** Blank cells that had to be written as spaces, to be blanked once the wrap is done. */
export interface Filler {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
}

export class RowWriter {
  readonly #pen: PenWriter;
  readonly #joiner: Joiner;
  readonly #form: RowForm;
  #out = "";
  /** Where the cursor is in the row; undefined when another terminal may disagree. */
  #column: number | undefined = 0;
  /** The cursor still waits at the edge of the row before. */
  #wraps = false;
  /** The engine's state of the grapheme printed last. */
  #join = 0;
  /** The style looked at last and the words it was made of: neighbours are mostly alike. */
  #seen: { fg: number; bg: number; extended: unknown; style: Style } = {
    fg: 0,
    bg: 0,
    extended: undefined,
    style: PLAIN,
  };

  constructor(joiner: Joiner, link: (number: number) => Link | undefined, form: RowForm) {
    this.#joiner = joiner;
    this.#form = form;
    this.#pen = new PenWriter(link);
  }

  /** Everything written since the last call. */
  take(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }

  /** Anything but the text of cells; `column` is where it leaves the cursor. */
  raw(sequence: string, column: number | undefined): void {
    this.#out += sequence;
    this.#column = column;
    this.#join = 0;
    this.#wraps &&= column === 0;
  }

  /** The next character wraps into a new row. */
  wrap(): void {
    this.#column = 0;
    this.#wraps = true;
  }

  /** Changes the pen. */
  style(style: Style): void {
    const change = this.#pen.to(style);
    if (change === "") return;
    this.#out += change;
    this.#join = 0;
  }

  goTo(column: number): void {
    if (this.#column === column) return;
    this.raw(column === 0 ? "\r" : `\x1b[${column + 1}G`, column);
  }

  /** Ends the row. The new one must not take the background. */
  newline(): void {
    this.style(PLAIN);
    this.raw("\r\n", 0);
  }

  /** The cells of a row whose cells are blank so far; what it returns is to be blanked when the wrap is done. */
  row(line: Line, { from, to, continues }: RowOptions): Filler | undefined {
    const end = contentEnd(line, to);
    const filledFrom = continues ? blankTail(line, to) : to;
    const spoilt = this.#form === "exact" ? writeStyledBlanks(this, line, from, Math.min(end, filledFrom)) : undefined;
    if (spoilt?.has(from - 1)) this.#rewrite(line, from - 1);
    for (let column = from; column < filledFrom && column < Math.max(end, last(spoilt) + 1); ) {
      if (!isBlank(line, column)) {
        column += this.cell(line, column);
        continue;
      }
      const style = this.#styleAt(line, column);
      let next = column + 1;
      while (
        next < filledFrom &&
        !spoilt?.has(next) &&
        isBlank(line, next) &&
        sameStyle(this.#styleAt(line, next), style)
      ) {
        next += 1;
      }
      this.#blanks(column, next, style, spoilt?.has(column) === true);
      column = next;
    }
    if (filledFrom >= to) return undefined;
    this.#spaces(filledFrom, to, PLAIN);
    return { line, from: filledFrom, to };
  }

  /** Makes blank what was filled; the cursor is in the row, and ends up anywhere in it. */
  blankFiller({ line, from, to }: Filler): void {
    const spoilt = this.#form === "exact" ? writeStyledBlanks(this, line, from, to) : undefined;
    for (let column = from; column < to; ) {
      const style = this.#styleAt(line, column);
      let next = column + 1;
      while (next < to && sameStyle(this.#styleAt(line, next), style)) next += 1;
      this.#blanks(column, next, style, true);
      column = next;
    }
    if (spoilt?.has(from - 1)) this.#rewrite(line, from - 1);
  }

  /** One cell, or the wide character it is the second half of. */
  #rewrite(line: Line, column: number): void {
    if (!isBlank(line, column)) this.cell(line, column);
    else if (column > 0 && widthAt(line, column - 1) === 2) this.cell(line, column - 1);
    else this.#blanks(column, column + 1, this.#styleAt(line, column), true);
  }

  /** Prints one cell and returns its width. */
  cell(line: Line, column: number): number {
    const text = cellText(line, column);
    const width = Math.max(1, widthAt(line, column));
    this.goTo(column);
    this.style(this.#styleAt(line, column));
    this.print(text, column, width, column + width >= line.length);
    return width;
  }

  /** Prints text of known width at `column`, where the cursor is. */
  print(text: string, column: number, width: number, atEdge: boolean): void {
    const first = text.codePointAt(0) ?? 0x20;
    const ascii = text.length === 1 && first < 0x7f;
    // Where the engine would join it to the character before, a position in between keeps them apart; at the edge, where
    // a position would lose the wrap, a mode that is on already.
    const mayJoin = ascii ? this.#join >> 3 !== 0 : this.#join !== 0;
    if (mayJoin && this.#joiner.charProperties(first, this.#join) & 1) {
      this.raw(this.#wraps ? "\x1b[?7h" : `\x1b[${column + 1}G`, column);
    }
    this.#wraps = false;
    this.#out += text;
    if (ascii) this.#join = 2;
    else for (const one of text) this.#join = this.#joiner.charProperties(one.codePointAt(0) ?? 0, this.#join);
    this.#column = atEdge || ascii || isSettled(first, text) ? column + width : undefined;
  }

  /** `force`: the cells are not blank yet. */
  #blanks(from: number, to: number, style: Style, force: boolean): void {
    if (!isStyledBlank(style)) {
      if (!force && sameStyle(style, PLAIN)) return;
      this.goTo(from);
      this.style(style);
      this.raw(`\x1b[${to - from}X`, from);
    } else if (this.#form === "portable") this.#spaces(from, to, style);
  }

  /** As cellStyle, and the same object for equal neighbours. */
  #styleAt(line: Line, column: number): Style {
    const at = column * CELL_WORDS;
    const fg = line._data[at + 1] ?? 0;
    const bg = line._data[at + 2] ?? 0;
    const extended = bg & HAS_EXTENDED ? line._extendedAttrs[column] : undefined;
    const seen = this.#seen;
    if (seen.fg === fg && seen.bg === bg && seen.extended === extended) return seen.style;
    const style = styleOf(fg, bg, extended);
    this.#seen = { fg, bg, extended, style };
    return style;
  }

  #spaces(from: number, to: number, style: Style): void {
    this.goTo(from);
    this.style(style);
    this.#out += " ".repeat(to - from);
    this.#column = to;
    this.#join = 2;
  }
}

function last(columns: Set<number> | undefined): number {
  return columns === undefined ? -1 : Math.max(-1, ...columns);
}
