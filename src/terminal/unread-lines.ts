// The newest part of a flood of text, as it was printed: nobody looks at it before the flood ends or somebody asks, and most
// of it is forgotten before that. What is forgotten is never read but for the line feeds in it. feed.ts fills and empties it.
// The rule: what is kept begins where the model would begin a line, in the first column.

interface Block {
  readonly bytes: Uint8Array;
  used: number;
  /** Line feeds, at least; of a full block. */
  lines: number;
}

const BLOCK_BYTES = 64 * 1024;
/** More in one block are not counted: lines of 64 bytes are exact, and of shorter ones more are kept than have to be. */
const MOST_COUNTED = 1024;
/** So many line feeds at the beginning of a block are looked at for one that ends a line. */
const LOOKS = 16;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export class UnreadLines {
  #blocks: Block[] = [];
  /** Where the first block begins. */
  #start = 0;
  #length = 0;
  /** Of the full blocks. */
  #lines = 0;
  #spare: Uint8Array | undefined;

  /** Bytes that are kept. */
  get length(): number {
    return this.#length;
  }

  /** Copies the bytes. */
  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const block = this.#open();
      const room = BLOCK_BYTES - block.used;
      const piece = bytes.length - at <= room && at === 0 ? bytes : bytes.subarray(at, at + room);
      block.bytes.set(piece, block.used);
      block.used += piece.length;
      at += piece.length;
      if (block.used < BLOCK_BYTES) continue;
      block.lines = countLines(block.bytes);
      this.#lines += block.lines;
    }
    this.#length += bytes.length;
  }

  /** Forgets from the front what is followed by at least `lines` line feeds; returns how many bytes those were. */
  forget(lines: number): number {
    let forgotten = 0;
    for (;;) {
      const [first, next] = this.#blocks;
      if (first === undefined || next === undefined || this.#lines - first.lines - LOOKS < lines) return forgotten;
      const begin = firstLine(next, first.bytes[BLOCK_BYTES - 1]);
      if (begin < 0) return forgotten;
      forgotten += this.#shift(first) + begin;
      this.#start = begin;
      this.#length -= begin;
    }
  }

  /** The first of the kept bytes, which are kept no longer; valid until the next `add`. Undefined: there are none. */
  take(): Uint8Array | undefined {
    const [first] = this.#blocks;
    if (first === undefined) return undefined;
    const bytes = first.bytes.subarray(this.#start, first.used);
    this.#shift(first);
    return bytes;
  }

  /** Gives memory back between two floods. */
  release(): void {
    this.#spare = undefined;
  }

  #open(): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.used < BLOCK_BYTES) return last;
    const block = { bytes: this.#spare ?? new Uint8Array(BLOCK_BYTES), used: 0, lines: 0 };
    this.#spare = undefined;
    this.#blocks.push(block);
    return block;
  }

  /** Removes the first block; returns how many bytes were kept in it. */
  #shift(first: Block): number {
    const count = first.used - this.#start;
    this.#blocks.shift();
    this.#start = 0;
    this.#length -= count;
    this.#lines -= first.lines;
    this.#spare = first.bytes;
    return count;
  }
}

/** Line feeds, at most MOST_COUNTED. */
function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && count < MOST_COUNTED; at = bytes.indexOf(LINE_FEED, at + 1)) {
    count += 1;
  }
  return count;
}

/** Behind one of the first ends of a line, CR LF; -1: none is found. `before`: the byte before the block. */
function firstLine({ bytes, used }: Block, before: number | undefined): number {
  let at = bytes.indexOf(LINE_FEED);
  for (let look = 0; look < LOOKS && at >= 0 && at < used; look += 1) {
    if ((at === 0 ? before : bytes[at - 1]) === CARRIAGE_RETURN) return at + 1;
    at = bytes.indexOf(LINE_FEED, at + 1);
  }
  return -1;
}
