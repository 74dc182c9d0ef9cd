// The beginning of a message whose end has not arrived yet. Used by the two decoders (frames.ts, lines.ts).
// It grows by doubling: a message that comes one byte at a time costs its own length and no more (an array of
// pieces took 115 bytes per byte, so 4 MiB in drips took 480 MB).

const FIRST_CAPACITY = 1024;
const EMPTY = new Uint8Array(0);

export class PartialMessage {
  #bytes: Uint8Array<ArrayBuffer> = EMPTY;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has arrived so far: a view, valid until the next `add`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes a copy of the piece. */
  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2, FIRST_CAPACITY));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }

  /** Everything; nothing of it is kept here. */
  take(): Uint8Array {
    const taken = this.bytes;
    this.clear();
    return taken;
  }

  clear(): void {
    this.#bytes = EMPTY;
    this.#length = 0;
  }
}
