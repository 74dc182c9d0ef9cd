// Handlers for OSC and DCS strings with a cap on what they collect: the engine's own take 10 MB each. A string
// past the cap is swallowed whole, as terminals do. Used by everything here that reads such a string.

import type { DcsHandler, Parser, StringHandler } from "./xterm-internals.ts";

/** One MiB, the most that any string of a program may occupy (architecture, trap 2). */
export const MAX_STRING = 1 << 20;

class Collector implements StringHandler, DcsHandler {
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
    this.#over = false;
  }

  hook(): void {
    this.start();
  }

  put(data: Uint32Array, start: number, end: number): void {
    if (this.#over) return;
    if (this.#text.length + end - start > this.#limit) {
      this.#over = true;
      this.#text = "";
      return;
    }
    for (let at = start; at < end; at += 1) this.#text += String.fromCodePoint(data[at] ?? 0);
  }

  end(success: boolean): boolean {
    const text = this.#text;
    this.#text = "";
    if (success && !this.#over) this.#handle(text);
    return true;
  }

  unhook(success: boolean): boolean {
    return this.end(success);
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
