// Takes back what a terminal does to line ends: a program's `\n` is printed as `\r\n`. The opposite is exact as long as
// the program leaves its terminal's output settings alone, whatever bytes it prints. Used for the output of `run`.

const CR = 0x0d;
const LF = 0x0a;

export class LineEnds {
  /** The last byte was a `\r` that may belong to a line end. */
  #held = false;

  /** The bytes as the program wrote them; a `\r` at the end is held back until the next call. */
  write(bytes: Uint8Array): Uint8Array {
    const result = new Uint8Array(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      if (this.#held && byte !== LF) {
        result[length] = CR;
        length += 1;
      }
      this.#held = byte === CR;
      if (this.#held) continue;
      result[length] = byte;
      length += 1;
    }
    return result.subarray(0, length);
  }

  /** What was held back, at the end of the output. */
  end(): Uint8Array {
    const left = this.#held ? Uint8Array.of(CR) : new Uint8Array(0);
    this.#held = false;
    return left;
  }
}
