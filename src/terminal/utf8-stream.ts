// UTF-8 one byte at a time, for streams that may be cut anywhere. Used by `sanitize.ts`.
// Rules kept: U+FFFD stands for bytes that are wrong, never for bytes that are only late (faults T5); a
// byte 0x80-0x9f that continues nothing is a C1 control of its own and comes out as that code point.

const REPLACEMENT = 0xfffd;

export class Utf8Stream {
  #codePoint = 0;
  /** Continuation bytes that are still due. */
  #due = 0;
  /** Smallest and largest next byte: this is how overlong forms, surrogates and > U+10FFFF are found. */
  #low = 0x80;
  #high = 0xbf;
  /** Bytes that may still follow a broken lead as its continuation: each is wrong, none is a control. */
  #broken = 0;
  #again = false;

  /** Whether the last byte ended a character, or none was begun. */
  get idle(): boolean {
    return this.#due === 0 && this.#broken === 0;
  }

  /** Whether the last byte was refused (an unfinished character came out instead) and must be pushed again. */
  get again(): boolean {
    return this.#again;
  }

  /** The code point that this byte completes, U+FFFD for what is wrong, or -1 when more is needed. */
  push(byte: number): number {
    this.#again = false;
    if (this.#due > 0) return this.#continue(byte);
    if (this.#broken > 0) {
      this.#broken = byte >= 0x80 && byte <= 0xbf ? this.#broken - 1 : 0;
      if (byte >= 0x80 && byte <= 0xbf) return REPLACEMENT;
    }
    if (byte < 0xa0) return byte;
    if (byte >= 0xc2 && byte <= 0xf4) return this.#begin(byte);
    // C0 and C1 lead overlong forms, F5 to F7 code points past the last one; the rest leads nothing.
    if (byte === 0xc0 || byte === 0xc1) this.#broken = 1;
    else if (byte >= 0xf5 && byte <= 0xf7) this.#broken = 3;
    return REPLACEMENT;
  }

  /** The end of the stream: U+FFFD if a character was left unfinished, else -1. */
  end(): number {
    const unfinished = this.#due > 0;
    this.#due = 0;
    this.#broken = 0;
    return unfinished ? REPLACEMENT : -1;
  }

  #begin(lead: number): number {
    this.#due = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    this.#codePoint = lead & (0x3f >> this.#due);
    this.#low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    this.#high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    return -1;
  }

  #continue(byte: number): number {
    if (byte < this.#low || byte > this.#high) {
      this.#broken = byte >= 0x80 && byte <= 0xbf ? this.#due : 0;
      this.#due = 0;
      this.#again = true;
      return REPLACEMENT;
    }
    this.#codePoint = (this.#codePoint << 6) | (byte & 0x3f);
    this.#low = 0x80;
    this.#high = 0xbf;
    this.#due -= 1;
    return this.#due === 0 ? this.#codePoint : -1;
  }
}

/**
 * Length of the whole, valid character of two to four bytes that begins at `at`, or 0 when it is cut off,
 * wrong, or encodes a C1 control. For scanning ahead where speed counts.
 */
export function wholeCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > bytes.length) return 0;
  const second = bytes[at + 1] as number;
  const low = lead === 0xe0 || lead === 0xc2 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] as number) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
