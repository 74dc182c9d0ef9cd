// Collects small pieces into one run of bytes, so that many reads of the PTY become one write of the file.
// Called by the output log. It copies, because a reader reuses its buffer; it starts small and grows, because
// most sessions are quiet and a hundred full-size buffers would cost 25 MiB.

const FIRST_CAPACITY = 8 * 1024;

export class AppendBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }

  /** Everything collected, valid until the next `add`; the buffer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Gives the memory back once a burst is over; nothing is lost. During one, each new buffer would be garbage. */
  release(): void {
    this.#bytes = this.#bytes.slice(0, this.#length);
  }

  #grow(needed: number): void {
    let capacity = Math.max(this.#bytes.length, FIRST_CAPACITY);
    while (capacity < needed) capacity *= 2;
    const larger = new Uint8Array(capacity);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
