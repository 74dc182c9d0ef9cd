// Unwraps `ESC P tmux; ... ESC \`: a program that sees TMUX in its environment wraps what is meant for the outer
// terminal that way, with every ESC in it doubled (architecture, trap 6). Used on the byte stream before the
// model and the clients; exact over any chunking, one search for ESC P per chunk while there is none.

import { concat } from "../base/byte-queue.ts";

const ESC = 0x1b;
const BACKSLASH = 0x5c;
const OPENING = Buffer.from("\x1bPtmux;");
const INTRODUCER = OPENING.subarray(0, 2);
const NOTHING = new Uint8Array(0);

export class TmuxPassthrough {
  /** How much of OPENING the end of the last chunk was; these bytes are held back. */
  #matched = 0;
  #inside = false;
  /** Inside: the last byte was an ESC whose meaning the next byte tells. */
  #escaped = false;

  /** The chunk itself when there is nothing to unwrap. Up to 6 bytes are held back until the next call. */
  unwrap(chunk: Uint8Array): Uint8Array {
    if (!this.#inside && this.#matched === 0 && opening(chunk, 0) < 0) return chunk;
    const parts: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) at = this.#inside ? this.#payload(chunk, at, parts) : this.#plain(chunk, at, parts);
    return concat(parts);
  }

  /** Bytes that are held back; invisible on any terminal as long as nothing follows. */
  get held(): number {
    return this.#inside ? 0 : this.#matched;
  }

  /** Nothing is under way: what is put in here stands outside of all wrapping. */
  get idle(): boolean {
    return !this.#inside && this.#matched === 0;
  }

  /** What was held back, at the end of the stream. */
  flush(): Uint8Array {
    const held = this.#inside ? NOTHING : OPENING.slice(0, this.#matched);
    this.#matched = 0;
    return held;
  }

  #plain(chunk: Uint8Array, from: number, parts: Uint8Array[]): number {
    if (this.#matched === 0) {
      const start = opening(chunk, from);
      parts.push(chunk.subarray(from, start < 0 ? chunk.length : start));
      if (start < 0) return chunk.length;
      this.#matched = 1;
      return start + 1;
    }
    if (chunk[from] === OPENING[this.#matched]) {
      this.#matched += 1;
      if (this.#matched === OPENING.length) {
        this.#matched = 0;
        this.#inside = true;
      }
      return from + 1;
    }
    // Only its first byte can begin the opening anew, and that byte is looked at again.
    parts.push(OPENING.slice(0, this.#matched));
    this.#matched = 0;
    return from;
  }

  #payload(chunk: Uint8Array, from: number, parts: Uint8Array[]): number {
    if (this.#escaped) {
      this.#escaped = false;
      if (chunk[from] === BACKSLASH) {
        this.#inside = false;
        return from + 1;
      }
      parts.push(Uint8Array.of(ESC));
      // A doubled ESC is one; a single one before anything else is taken as it is.
      return chunk[from] === ESC ? from + 1 : from;
    }
    const next = chunk.indexOf(ESC, from);
    parts.push(chunk.subarray(from, next < 0 ? chunk.length : next));
    this.#escaped = next >= 0;
    return next < 0 ? chunk.length : next + 1;
  }
}

/** Where OPENING may begin, or -1: at ESC P, or at an ESC that ends the chunk. */
function opening(chunk: Uint8Array, from: number): number {
  const start = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).indexOf(INTRODUCER, from);
  return start < 0 && from < chunk.length && chunk[chunk.length - 1] === ESC ? chunk.length - 1 : start;
}
