// The lines above the model's scrollback, as text with SGR, compact: a few blocks of bytes instead of an
// object per line. live-screen.ts adds each line when it leaves the model; whole blocks leave at the other end.

import { concat } from "../base/byte-queue.ts";
import { LineSanitizer } from "./sanitize.ts";

interface Block {
  /** Not compressed, it may be longer than the block. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Compressed by `compress`: a quarter of its size. */
  readonly compressed: boolean;
  /** Lines may end in CR LF, as they were printed: most of a flood is forgotten before anybody reads it. */
  readonly crlf: boolean;
  /** Uncompressed. */
  readonly length: number;
  /** Printed lines that end in this block. */
  readonly lines: number;
}

const BLOCK_BYTES = 32 * 1024;
/** However long the lines are: 10,000 lines of 800 bytes. A line without an end must not grow for ever. */
const MOST_BYTES = 8 << 20;
/** Compressed together: at most so many bytes, a seventh smaller than block by block, and at most 4 ms each. */
const COMPRESSED_BYTES = 128 * 1024;
/** Levels of zstd: a tenth smaller, and four times as fast for a line longer than COMPRESSED_BYTES. */
const SMALL = { level: 6 };
const FAST = { level: 1 };
/** A flood goes around in so many free blocks. */
const SPARE_BLOCKS = 2;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const NOTHING = new Uint8Array(0);

export class LineHistory {
  readonly #mostLines: number;
  #blocks: Block[] = [];
  #blockLines = 0;
  #blockBytes = 0;
  #open = NOTHING;
  #used = 0;
  #openLines = 0;
  #openCrlf = false;
  #unfinished = false;
  /** Bytes of blocks that left: new ones would wait for a collection, 1 MB for each MB that is printed. */
  #spares: Uint8Array<ArrayBuffer>[] = [];

  /** Keeps at least `mostLines` printed lines (within MOST_BYTES), and up to one block more. */
  constructor(mostLines: number) {
    this.#mostLines = mostLines;
  }

  get lines(): number {
    return this.#blockLines + this.#openLines;
  }

  /** What the lines take in memory. */
  get bytesKept(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes.length, this.#open.length);
  }

  /** The last line goes on in the model. */
  get unfinished(): boolean {
    return this.#unfinished;
  }

  /** `wrapped`: the next line continues this one, so no line end is put between them. `continues`: this one does. */
  add(line: Uint8Array, wrapped: boolean, continues: boolean): void {
    if (!continues) this.finishLine();
    this.#room(line.length + 1);
    this.#open.set(line, this.#used);
    this.#used += line.length;
    this.#unfinished = true;
    if (!wrapped) this.finishLine();
  }

  /**
   * Lines, each ended by a line feed; by CR LF, and without any other CR, when `ending` says so. `count`: how many, if
   * it is known.
   */
  addLines(lines: Uint8Array, count?: number, ending?: "crlf"): void {
    this.finishLine();
    let left = count ?? 0;
    for (let at = 0; at < lines.length; ) {
      const end = this.#roomForLines(lines, at);
      const whole = end === lines.length;
      const ended = whole && count !== undefined ? left : countLineFeeds(lines, at, end);
      this.#open.set(whole && at === 0 ? lines : lines.subarray(at, end), this.#used);
      this.#used += end - at;
      this.#openLines += ended;
      this.#openCrlf ||= ending === "crlf";
      left -= ended;
      at = end;
    }
  }

  /** Any number of lines separated by line feeds; the last one is ended. */
  addText(text: Uint8Array): void {
    for (let at = 0; at < text.length; ) {
      const found = text.indexOf(LINE_FEED, at);
      const end = found < 0 ? text.length : found;
      this.add(text.subarray(at, end), false, false);
      at = end + 1;
    }
  }

  /** What comes next is a new line. */
  finishLine(): void {
    if (!this.#unfinished) return;
    this.#unfinished = false;
    this.#room(1);
    this.#open[this.#used] = LINE_FEED;
    this.#used += 1;
    this.#openLines += 1;
  }

  clear(): void {
    this.#blocks = [];
    this.#blockLines = 0;
    this.#blockBytes = 0;
    this.#used = 0;
    this.#openLines = 0;
    this.#openCrlf = false;
    this.#unfinished = false;
  }

  /** The last `lines` (all when undefined), each ended by a line feed but one that is unfinished. */
  read(lines: number | undefined): Uint8Array {
    const wanted = lines === undefined ? Number.POSITIVE_INFINITY : Math.min(lines, this.#mostLines);
    const blocks = this.#blocks.slice(this.#firstBlockOf(wanted)).map(contentOf);
    const open = this.#open.subarray(0, this.#used);
    const found = concat([...blocks, this.#openCrlf ? withoutCarriageReturns(open) : open]);
    return lines === undefined ? found : lastLines(found, wanted);
  }

  /** Makes what is kept smaller while nothing happens; true while there is more to do. */
  compress(): boolean {
    this.#spares = [];
    // A line is not cut here, for its beginning would leave before its end.
    if (!this.#unfinished) this.#closeBlock();
    if (this.#used === 0) this.#open = NOTHING;
    const blocks = this.#blocks;
    let first = blocks.findIndex((block) => !block.compressed);
    if (first < 0) return false;
    // A program that prints few lines between many rests must not leave a block for each.
    const before = blocks[first - 1];
    if (before !== undefined && before.length + (blocks[first]?.length ?? 0) <= BLOCK_BYTES) first -= 1;
    let end = first;
    let length = 0;
    let lines = 0;
    for (let next = blocks[end]; next !== undefined; next = blocks[end]) {
      if (end > first && length + next.length > COMPRESSED_BYTES) break;
      length += next.length;
      lines += next.lines;
      end += 1;
    }
    const content = concat(blocks.slice(first, end).map(contentOf));
    const level = content.length > COMPRESSED_BYTES ? FAST : SMALL;
    const bytes = new Uint8Array(Bun.zstdCompressSync(content, level));
    blocks.splice(first, end - first, { bytes, compressed: true, crlf: false, length: content.length, lines });
    this.#blockBytes += content.length - length;
    return true;
  }

  /** The last so many lines are in this block and those after it. */
  #firstBlockOf(lines: number): number {
    // One more, for the first line of a block may have begun in the block before.
    let more = lines + 1 - this.#openLines;
    let first = this.#blocks.length;
    for (; first > 0 && more > 0; first -= 1) more -= this.#blocks[first - 1]?.lines ?? 0;
    return first;
  }

  #room(need: number): void {
    if (this.#used + need <= this.#open.length) return;
    this.#closeBlock();
    this.#forget();
    if (this.#open.length < need) this.#open = this.#bytesFor(Math.max(BLOCK_BYTES, need));
  }

  /** Makes room for at least one of the lines from `at` on; the end of those that fit. */
  #roomForLines(lines: Uint8Array, at: number): number {
    const room = this.#open.length - this.#used;
    if (lines.length - at <= room) return lines.length;
    const end = room === 0 ? 0 : lines.lastIndexOf(LINE_FEED, at + room - 1) + 1;
    if (end > at) return end;
    const first = lines.indexOf(LINE_FEED, at) + 1 || lines.length;
    this.#room(first - at);
    return first;
  }

  #closeBlock(): void {
    const used = this.#used;
    if (used > 0) {
      const filled = 2 * used > this.#open.length;
      const bytes = filled ? this.#open : this.#open.slice(0, used);
      this.#blocks.push({ bytes, compressed: false, crlf: this.#openCrlf, length: used, lines: this.#openLines });
      this.#blockLines += this.#openLines;
      this.#blockBytes += used;
      if (filled) this.#open = NOTHING;
    }
    this.#used = 0;
    this.#openLines = 0;
    this.#openCrlf = false;
  }

  #bytesFor(need: number): Uint8Array<ArrayBuffer> {
    return (need === BLOCK_BYTES ? this.#spares.pop() : undefined) ?? new Uint8Array(need);
  }

  /** Drops the oldest blocks that are not wanted any more. */
  #forget(): void {
    for (let oldest = this.#blocks[0]; oldest !== undefined; oldest = this.#blocks[0]) {
      if (this.#blockLines - oldest.lines < this.#mostLines && this.#blockBytes <= MOST_BYTES) return;
      this.#blockLines -= oldest.lines;
      this.#blockBytes -= oldest.length;
      this.#blocks.shift();
      const reusable = oldest.bytes.length === BLOCK_BYTES && !oldest.compressed;
      if (reusable && this.#spares.length < SPARE_BLOCKS) this.#spares.push(oldest.bytes);
    }
  }
}

function contentOf({ bytes, compressed, crlf, length }: Block): Uint8Array {
  if (compressed) return Bun.zstdDecompressSync(bytes);
  const content = bytes.subarray(0, length);
  return crlf ? withoutCarriageReturns(content) : content;
}

/** Line feeds from `from` to `to`. */
function countLineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0 && at < to; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let used = 0;
  for (const byte of bytes) if (byte !== CARRIAGE_RETURN) out[used++] = byte;
  return out.slice(0, used);
}

/** The end of `bytes` that holds so many lines; a last one without a line feed counts. */
export function lastLines(bytes: Uint8Array, lines: number): Uint8Array {
  if (lines <= 0) return bytes.subarray(bytes.length);
  let at = bytes.length - 1;
  for (let found = 0; at > 0; found += 1) {
    at = bytes.lastIndexOf(LINE_FEED, at - 1);
    if (at < 0) return bytes;
    if (found + 1 === lines) return bytes.subarray(at + 1);
  }
  return bytes;
}

/**
 * The same lines as text that is safe to show, as historyText has them: blanks at their ends are cut. A last line
 * without a line feed goes on elsewhere and stays as it is.
 */
export function withoutStyles(bytes: Uint8Array): Uint8Array {
  const sanitizer = new LineSanitizer();
  const lines = sanitizer.write(bytes).map((line) => `${line.text.replace(/ +$/, "")}\n`);
  for (const rest of sanitizer.end()) lines.push(rest.text);
  return new TextEncoder().encode(lines.join(""));
}

/** The same without the blank lines at the end. */
export function withoutBlankEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === LINE_FEED && (end === 1 || bytes[end - 2] === LINE_FEED)) end -= 1;
  return bytes.subarray(0, end);
}
