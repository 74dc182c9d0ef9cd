// Passes over what most output is made of: text and plain SGR sequences. mode-tracker.ts calls it before it looks at
// sequences one by one, because coloured output has one every few words (measured: 40 MB of it cost the client 730 ms
// of processor time, and 130 ms with this).

const LINE_FEED = 0x0a;
const SO = 0x0e;
const SI = 0x0f;
const ESC = 0x1b;
const C1_LEAD = 0xc2;

export interface Passed {
  /** Where something else begins, or the end of the chunk. */
  readonly at: number;
  /** Whether the last SGR sets anything; undefined when there was none. */
  readonly pen: boolean | undefined;
  /** Whether the last text ends with a line feed; undefined when there was none. */
  readonly atLineStart: boolean | undefined;
}

/** A run of text this long is likely a long one: then the runtime's own search is faster (plain text: 15 times). */
const SHORT_RUN = 32;

/** One chunk of output, passed over from the front; see `skip`. */
export class PenSkipper {
  readonly #bytes: Uint8Array;
  /** Where the next one of each is, at or after the place asked about last: each byte is searched once. */
  #shiftOut = -1;
  #shiftIn = -1;
  #c1 = -1;
  #escape = -1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** From `from` on, where no sequence is open. A sequence that the chunk cuts is left for the caller. */
  skip(from: number): Passed {
    const bytes = this.#bytes;
    const { length } = bytes;
    const rare = this.#nextRare(from);
    let pen: boolean | undefined;
    let atLineStart: boolean | undefined;
    let at = from;
    for (;;) {
      const begin = at;
      const near = Math.min(rare, at + SHORT_RUN);
      while (at < near && bytes[at] !== ESC) at += 1;
      if (at === near && at < rare) at = Math.min(rare, this.#nextEscape(at));
      if (at > begin) atLineStart = bytes[at - 1] === LINE_FEED;
      if (at >= length || bytes[at] !== ESC || bytes[at + 1] !== 0x5b) break;
      let end = at + 2;
      let set = false;
      for (; end < length; end += 1) {
        const byte = bytes[end] as number;
        if (byte > 0x30 && byte <= 0x39) set = true;
        else if (byte !== 0x30 && byte !== 0x3b && byte !== 0x3a) break;
      }
      if (end >= length || bytes[end] !== 0x6d) break;
      pen = set;
      at = end + 1;
    }
    return { at, pen, atLineStart };
  }

  #nextEscape(from: number): number {
    if (this.#escape < from) this.#escape = nextOf(ESC, this.#bytes, from);
    return this.#escape;
  }

  /** Where the next control is that shifts character sets or is a C1 one; the end of the chunk when there is none. */
  #nextRare(from: number): number {
    if (this.#shiftOut < from) this.#shiftOut = nextOf(SO, this.#bytes, from);
    if (this.#shiftIn < from) this.#shiftIn = nextOf(SI, this.#bytes, from);
    if (this.#c1 < from) this.#c1 = nextC1(this.#bytes, from);
    return Math.min(this.#shiftOut, this.#shiftIn, this.#c1);
  }
}

function nextC1(bytes: Uint8Array, from: number): number {
  let at = nextOf(C1_LEAD, bytes, from);
  // Before U+00A0 to U+00BF it leads an ordinary character.
  while (at < bytes.length && (bytes[at + 1] ?? 0) >= 0xa0) at = nextOf(C1_LEAD, bytes, at + 1);
  return at;
}

function nextOf(byte: number, bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}
