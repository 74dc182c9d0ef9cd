// Handlers for OSC and DCS strings with a cap on what they collect: the engine's own take 10 MB each. A string
// past the cap is swallowed whole, as terminals do. Used by everything here that reads such a string.

import type { DcsHandler, Parser, StringHandler } from "./xterm-internals.ts";

/** One MiB, the most that any string of a program may occupy (architecture, trap 2). */
export const MAX_STRING = 1 << 20;

/** What is kept of a collector's buffer between two strings. */
const KEPT = 4096;

class Collector implements StringHandler, DcsHandler {
  /** Latin-1, for nearly every string is ASCII; a string made character by character leaves each for the collector. */
  #bytes = Buffer.alloc(64);
  #length = 0;
  /** What came before the bytes, once there was anything beyond Latin-1. */
  #text = "";
  #over = false;
  readonly #limit: number;
  readonly #handle: (text: string) => void;

  constructor(limit: number, handle: (text: string) => void) {
    this.#limit = limit;
    this.#handle = handle;
  }

  start(): void {
    this.#text = "";
    this.#length = 0;
    this.#over = false;
  }

  hook(): void {
    this.start();
  }

  put(data: Uint32Array, start: number, end: number): void {
    if (this.#over) return;
    if (this.#text.length + this.#length + end - start > this.#limit) {
      this.start();
      this.#over = true;
      return;
    }
    this.#reserve(end - start);
    for (let at = start; at < end; at += 1) {
      const codePoint = data[at] ?? 0;
      if (codePoint <= 0xff) this.#bytes[this.#length++] = codePoint;
      else this.#text = this.#take() + String.fromCodePoint(codePoint);
    }
  }

  end(success: boolean): boolean {
    const whole = success && !this.#over;
    const text = whole ? this.#take() : "";
    this.#text = "";
    this.#length = 0;
    if (this.#bytes.length > KEPT) this.#bytes = Buffer.alloc(KEPT);
    if (whole) this.#handle(text);
    return true;
  }

  unhook(success: boolean): boolean {
    return this.end(success);
  }

  #take(): string {
    const text = this.#text + this.#bytes.toString("latin1", 0, this.#length);
    this.#length = 0;
    return text;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Puts `handle` in place of the engine's own handler of OSC `ident`; `limit` in UTF-16 units. */
export function onOsc(parser: Parser, ident: number, limit: number, handle: (payload: string) => void): void {
  parser.clearOscHandler(ident);
  parser.registerOscHandler(ident, new Collector(limit, handle));
}

export function onDcs(parser: Parser, intermediates: string, final: string, handle: (payload: string) => void): void {
  parser.clearDcsHandler({ intermediates, final });
  // The longest request that is answered has two characters; terminfo names are not looked at.
  parser.registerDcsHandler({ intermediates, final }, new Collector(4096, handle));
}
