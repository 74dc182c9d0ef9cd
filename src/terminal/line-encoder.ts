// Encodes one line of cells as UTF-8 text with SGR, for files and for `history --ansi`: no positions in it, blanks
// are spaces, it begins and ends plain. Used for every line that leaves the scrollback, so it writes bytes into
// one buffer and makes nothing else per cell.

import { CELL_WORDS, CODE_POINT, COMBINED, HAS_CONTENT, HAS_EXTENDED, PLAIN, styleOf, WIDTH_SHIFT } from "./cell.ts";
import type { Links } from "./links.ts";
import { contentEnd, isGap } from "./row-cells.ts";
import { PenWriter } from "./sgr.ts";
import type { ExtendedAttributes, Line } from "./xterm-internals.ts";

const encoder = new TextEncoder();
const SPACE = 0x20;

export class LineEncoder {
  readonly #pen: PenWriter;
  #buffer = new Uint8Array(1024);
  #length = 0;

  constructor(links: Links) {
    this.#pen = new PenWriter((number) => links.get(number));
  }

  /**
   * `next`: the line that continues it, if one does; then blanks at its end are written, to keep the columns.
   * The result is valid until the next call.
   */
  encode(line: Line, next: Line | undefined): Uint8Array {
    this.#length = 0;
    const pen = this.#pen;
    const cells = line._data;
    const end = next === undefined ? contentEnd(line) : isGap(line, next) ? line.length - 1 : line.length;
    // Four bytes a cell are enough but for combined characters and styles, which make room themselves.
    this.#reserve(end * 4);
    let fg = 0;
    let bg = 0;
    let extended: ExtendedAttributes | undefined;
    for (let column = 0; column < end; ) {
      const at = column * CELL_WORDS;
      const content = cells[at] as number;
      const cellFg = cells[at + 1] as number;
      const cellBg = cells[at + 2] as number;
      const cellExtended = cellBg & HAS_EXTENDED ? line._extendedAttrs[column] : undefined;
      if (cellFg !== fg || cellBg !== bg || cellExtended !== extended) {
        fg = cellFg;
        bg = cellBg;
        extended = cellExtended;
        this.#text(pen.to(styleOf(fg, bg, extended)), end - column);
      }
      if (content & COMBINED) this.#text(line._combined[column] ?? "", end - column);
      else this.#codePoint((content & HAS_CONTENT) === 0 ? SPACE : content & CODE_POINT);
      column += content >>> WIDTH_SHIFT || 1;
    }
    this.#text(pen.to(PLAIN), 0);
    return this.#buffer.subarray(0, this.#length);
  }

  #codePoint(codePoint: number): void {
    const bytes = this.#buffer;
    if (codePoint < 0x80) {
      bytes[this.#length] = codePoint;
      this.#length += 1;
      return;
    }
    if (codePoint < 0x800) bytes[this.#length++] = 0xc0 | (codePoint >> 6);
    else {
      if (codePoint < 0x10000) bytes[this.#length++] = 0xe0 | (codePoint >> 12);
      else {
        bytes[this.#length++] = 0xf0 | (codePoint >> 18);
        bytes[this.#length++] = 0x80 | ((codePoint >> 12) & 0x3f);
      }
      bytes[this.#length++] = 0x80 | ((codePoint >> 6) & 0x3f);
    }
    bytes[this.#length++] = 0x80 | (codePoint & 0x3f);
  }

  /** `cellsLeft`: how many may still come after it. */
  #text(text: string, cellsLeft: number): void {
    if (text === "") return;
    this.#reserve(text.length * 3 + cellsLeft * 4);
    // Nearly always a short SGR sequence, for which a call into the encoder costs more than it saves.
    const start = this.#length;
    for (let at = 0; ; at += 1) {
      if (at === text.length) return;
      const code = text.charCodeAt(at);
      if (code >= 0x80) break;
      this.#buffer[this.#length] = code;
      this.#length += 1;
    }
    this.#length = start;
    this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const grown = new Uint8Array(2 * (this.#length + more));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
