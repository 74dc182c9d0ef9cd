// Says whether the status row may be drawn at this point of the program's stream without a trace in what the
// program shows. Drawing saves and restores the cursor, so it may not be done while the program may still want
// what it saved in the same place, nor where the cursor waits behind the last column, nor inside a character, a
// link, side margins or a synchronized update. Told by row-guard.ts.

import { ColumnBound } from "./column-bound.ts";
import type { ControlParser } from "./control-parser.ts";

/** What ESC 8 does where nothing was saved: home, plain. */
const NEVER_SAVED = "\x1b[?6l\x1b[m\x1b(B\x0f\x1b[H";

export class DrawingMoment {
  readonly column = new ColumnBound();
  /** During a replay, saving and bringing back in turn is our own doing and leaves nothing behind. */
  replaying = false;
  synchronized = false;
  linkOpen = false;
  margins = false;
  /** Origin mode, which is saved and comes back with the cursor. */
  origin = false;
  #savedOrigin = false;
  /** The program saved its cursor and may come back to it. */
  #saved = false;
  /** The terminal's saved cursor is ours. */
  #overwritten = false;
  /** The last sequence sent the cursor to the top left. */
  #home = false;
  /** Pen, character sets and autowrap are as in a fresh terminal, as far as a replay changes them. */
  #plain = true;
  #tail: readonly number[] = [];

  /** Between two sequences; between two characters must be asked apart (`insideCharacter`). */
  good(cols: number): boolean {
    return !this.#saved && !this.synchronized && !this.linkOpen && !this.margins && this.column.below(cols);
  }

  /** A CSI without prefix and intermediate. */
  follow(parser: ControlParser, final: string, cols: number): void {
    this.column.follow(parser, final, cols);
    this.#home = final === "H" && parser.parameter(0, 1) <= 1 && parser.parameter(1, 1) <= 1;
    if (final === "m") this.#plain = parser.parameters.subarray(0, parser.count).every((value) => value <= 0);
  }

  /** A character set was chosen, or autowrap switched off. */
  notPlain(): void {
    this.#plain = false;
  }

  saved(): void {
    // A replay saves for a program that saved nothing, too: what comes back then is the same either way.
    const nothing = this.replaying && this.#home && this.#plain && !this.origin;
    this.#saved = !nothing;
    this.#overwritten = nothing;
    this.#savedOrigin = this.origin;
  }

  /** The program goes back; returns what to send instead if its place holds our cursor. */
  broughtBack(): string | undefined {
    if (this.replaying) this.#saved = false;
    // A cursor that waited behind the last column does so again where it would for us, too.
    this.column.at(0);
    this.origin = !this.#overwritten && this.#savedOrigin;
    return this.#overwritten ? NEVER_SAVED : undefined;
  }

  /** The program that saved its cursor is over, or the terminal forgot. */
  forget(): void {
    this.#saved = false;
  }

  /** We saved the cursor ourselves. */
  overwritten(): void {
    this.#overwritten = true;
  }

  /** A soft or a full reset. */
  reset(full: boolean): void {
    this.forget();
    this.margins = false;
    this.origin = false;
    if (!full) return;
    this.synchronized = false;
    this.linkOpen = false;
    this.#savedOrigin = false;
    this.column.at(0);
  }

  /** The end of the last chunk, which may have cut a character of UTF-8. */
  sawTail(chunk: Uint8Array): void {
    this.#tail = [...this.#tail, ...chunk.subarray(-3)].slice(-3);
  }

  get insideCharacter(): boolean {
    for (let back = 1; back <= this.#tail.length; back += 1) {
      const byte = this.#tail[this.#tail.length - back] as number;
      if (byte < 0x80) return false;
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
    }
    return false;
  }
}
