// A first-in first-out queue of byte chunks that knows its length and never copies what it holds.
// Used wherever bytes wait for a socket, a PTY or a file.

export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #head = 0;
  #length = 0;

  /** Bytes waiting. */
  get length(): number {
    return this.#length;
  }

  /** Takes the chunk itself, not a copy: the caller must not write into it afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The first waiting chunk, or undefined; `drop` its bytes once they are written. */
  peek(): Uint8Array | undefined {
    return this.#chunks[this.#head];
  }

  /** Removes `count` bytes (at most `length`) from the front. */
  drop(count: number): void {
    let left = Math.min(count, this.#length);
    this.#length -= left;
    while (left > 0) {
      const first = this.#chunks[this.#head] as Uint8Array;
      if (first.length > left) {
        this.#chunks[this.#head] = first.subarray(left);
        return;
      }
      left -= first.length;
      this.#chunks[this.#head] = EMPTY;
      this.#head += 1;
    }
    // Array.shift on a long array is slow; compact now and then instead.
    if (this.#head > 64 && this.#head * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#head);
      this.#head = 0;
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.#length = 0;
  }

  /** Everything waiting as one array, and an empty queue. */
  takeAll(): Uint8Array {
    const waiting = this.#chunks.slice(this.#head);
    const all = waiting.length === 1 ? (waiting[0] as Uint8Array) : concat(waiting, this.#length);
    this.clear();
    return all;
  }
}

const EMPTY = new Uint8Array(0);

/** The chunks one after the other; `length` is their sum when the caller knows it. */
export function concat(chunks: readonly Uint8Array[], length?: number): Uint8Array {
  const total = length ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const all = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
