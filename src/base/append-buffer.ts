// Collects small pieces into one run of bytes, so that many reads of the PTY become one write of a file, and keeps what
// waits for a terminal or to be drawn. Called by the output log, a terminal's direct output and the screen's feed. It copies,
// because a reader reuses its buffer; it starts small and grows, because most sessions are quiet and a hundred full-size
// buffers would cost 25 MiB.

const FIRST_CAPACITY = 8 * 1024;

export class AppendBuffer {
  #bytes = new Uint8Array(0);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** Everything collected, valid until the next `add`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  add(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(this.length + piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** Removes `count` bytes (at most `length`) from the front. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start >= this.#end) {
      this.#start = 0;
      this.#end = 0;
    }
  }

  /** Everything collected, valid until the next `add`; the buffer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.bytes;
    this.drop(taken.length);
    return taken;
  }

  /** Gives the memory back once a burst is over; nothing is lost. During one, each new buffer would be garbage. */
  release(): void {
    this.#bytes = this.#bytes.slice(this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #makeRoom(needed: number): void {
    const waiting = this.bytes;
    if (needed > this.#bytes.length) {
      let capacity = Math.max(this.#bytes.length, FIRST_CAPACITY);
      while (capacity < needed) capacity *= 2;
      this.#bytes = new Uint8Array(capacity);
      this.#bytes.set(waiting);
    } else this.#bytes.copyWithin(0, this.#start, this.#end);
    this.#start = 0;
    this.#end = waiting.length;
  }
}
