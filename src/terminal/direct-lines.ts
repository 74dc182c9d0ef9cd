// Turns whole lines of plain output into history lines without drawing them: text and SGR that is ended by CR LF
// and begins in the first column of a fresh row is, as text with SGR, exactly what the model would hand out when
// the line has left it. feed.ts calls it for the lines of a flood that nobody can see; a line that it cannot vouch
// for stops it and goes through the model.

import { concat } from "../base/byte-queue.ts";
import { COLOUR, PLAIN, PROTECTED, penStyle, sameStyle } from "./cell.ts";
import { decidingSgr } from "./plain-scan.ts";
import type { Screen } from "./screen.ts";
import { settledLength } from "./settled-text.ts";
import { PenWriter } from "./sgr.ts";
import { SgrTracker } from "./sgr-tracker.ts";

/** Lines as text with SGR, each ended by a line feed or by `ending`; only valid during the call. `count`: see addLines. */
export type TakeLines = (lines: Uint8Array, count?: number, ending?: "crlf") => void;

/** Lines are handed on when there are so many bytes of them. */
const BATCH_BYTES = 8 * 1024;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESC = 0x1b;
const NOTHING = new Uint8Array(0);
const PLAIN_AGAIN = new TextEncoder().encode("\x1b[m");

export class DirectLines {
  readonly #screen: Screen;
  readonly #take: TakeLines;
  readonly #sgr = new SgrTracker();
  #out = NOTHING;
  #used = 0;
  #lines = 0;
  /** What brings a plain pen to the pen at the beginning of the line. */
  #prefix = NOTHING;

  constructor(screen: Screen, take: TakeLines) {
    this.#screen = screen;
    this.#take = take;
  }

  /**
   * Takes whole lines from `from` on, at most to `to` (after a line feed), and returns where it stopped. Before,
   * everything above the cursor is handed on, and the cursor has to be where a line may begin; if not, it stops at
   * once. Afterwards the model has the pen and the offset, but not the lines: the caller sees to it that they leave.
   * `simple`: there is nothing but printable ASCII and CR LF between `from` and `to`.
   */
  take(bytes: Uint8Array, from: number, to: number, simple: boolean): number {
    if (!this.#penFits() || !this.#screen.takeLinesAboveCursor()) return from;
    this.#learnPen();
    let at = from;
    if (simple && this.#prefix.length === 0 && to - from >= BATCH_BYTES) {
      this.#take(bytes.subarray(from, to), undefined, "crlf");
      at = to;
    }
    while (at < to) {
      const next = this.#line(bytes, at);
      if (next < 0) break;
      at = next;
      if (this.#used >= BATCH_BYTES) this.#handOn();
    }
    this.#handOn();
    this.#screen.offset += at - from;
    return at;
  }

  /** Gives back the memory between two floods. */
  release(): void {
    this.#out = NOTHING;
  }

  /** Copies one line; the index after it, or -1 when it has to be drawn. */
  #line(bytes: Uint8Array, from: number): number {
    const lineFeed = bytes.indexOf(LINE_FEED, from);
    const end = lineFeed - 1;
    if (end < from || bytes[end] !== CARRIAGE_RETURN) return -1;
    const { cols } = this.#screen;
    this.#reserve(this.#prefix.length + end - from + cols + PLAIN_AGAIN.length + 1);
    const out = this.#out;
    const sgr = this.#sgr;
    sgr.begin(this.#prefix.length === 0);
    let used = this.#used;
    for (let index = 0; index < this.#prefix.length; index += 1) out[used++] = this.#prefix[index] as number;
    const begin = used;
    let sequences = 0;
    let backgrounds = false;
    let beyondAscii = false;
    let tabbed = false;
    for (let at = from; at < end; ) {
      const byte = bytes[at] as number;
      if (byte >= 0x20 && byte < 0x7f) {
        out[used++] = byte;
        at += 1;
        tabbed = false;
      } else if (byte === ESC) {
        const after = sgr.apply(bytes, at);
        if (after < 0) return -1;
        sequences += after - at;
        backgrounds ||= sgr.background;
        while (at < after) out[used++] = bytes[at++] as number;
      } else if (byte >= 0x80) {
        const length = settledLength(bytes, at);
        if (length === 0) return -1;
        for (const after = at + length; at < after; ) out[used++] = bytes[at++] as number;
        beyondAscii = true;
        tabbed = false;
      } else if (byte === TAB && sgr.plain && !beyondAscii) {
        // Blank cells up to the next stop; those at the end of a line would not count.
        const column = used - begin - sequences;
        const stop = column - (column % 8) + 8;
        if (column >= cols || stop >= cols) return -1;
        for (let index = column; index < stop; index += 1) out[used++] = 0x20;
        at += 1;
        tabbed = true;
      } else return -1;
    }
    // A row that is begun with a background is painted with it; a character takes at most as many cells as bytes.
    if (tabbed || sgr.background || (backgrounds && used - begin - sequences > cols)) return -1;
    if (sequences > 0) this.#learnPenAfter(bytes, from, end);
    if (this.#prefix.length > 0) for (const code of PLAIN_AGAIN) out[used++] = code;
    out[used++] = LINE_FEED;
    this.#used = used;
    this.#lines += 1;
    return lineFeed + 1;
  }

  /** A new row would get the pen's background; links and protection are not SGR's to end. */
  #penFits(): boolean {
    const pen = this.#screen.engine._inputHandler._curAttrData;
    return (pen.bg & (COLOUR | PROTECTED)) === 0 && pen.extended._urlId === 0;
  }

  #learnPen(): void {
    const style = penStyle(this.#screen.engine._inputHandler._curAttrData);
    this.#prefix = sameStyle(style, PLAIN)
      ? NOTHING
      : new TextEncoder().encode(new PenWriter(() => undefined).to(style));
  }

  /** The pen at the end of a line with sequences: the model obeys those that decide it. */
  #learnPenAfter(bytes: Uint8Array, from: number, end: number): void {
    if (this.#sgr.plain) {
      if (this.#prefix.length === 0) return;
      this.#prefix = NOTHING;
      this.#screen.write(PLAIN_AGAIN, 0);
      return;
    }
    this.#screen.write(concat(decidingSgr(bytes.subarray(from, end))), 0);
    this.#learnPen();
  }

  #handOn(): void {
    if (this.#lines > 0) this.#take(this.#out.subarray(0, this.#used), this.#lines);
    this.#used = 0;
    this.#lines = 0;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#out.length) return;
    const grown = new Uint8Array(Math.max(2 * BATCH_BYTES, this.#used + more));
    grown.set(this.#out.subarray(0, this.#used));
    this.#out = grown;
  }
}
