// The lines above the model's scrollback, as text with SGR, compact: a few blocks of bytes instead of an
// object per line. live-screen.ts adds each line when it leaves the model; whole blocks leave at the other end.

import { concat } from "../base/byte-queue.ts";
import { LineSanitizer } from "./sanitize.ts";

interface Block {
  /** Not compressed, it may be longer than the block. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Compressed by `compress`: a quarter of its size. */
  compressed: boolean;
  /** The lines end in CR LF, as they were printed: most of a flood is forgotten before anybody reads it. */
  crlf: boolean;
  /** Uncompressed. */
  readonly length: number;
  /** Printed lines that end in this block. */
  readonly lines: number;
}

const BLOCK_BYTES = 32 * 1024;
/** However long the lines are: 10,000 lines of 800 bytes. A line without an end must not grow for ever. */
const MOST_BYTES = 8 << 20;
/** Blocks compressed in one go: about 0.3 ms each, so that a key never waits for more than 10 ms. */
const COMPRESSED_AT_ONCE = 32;
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
  #unfinished = false;
  /** The bytes of the block that left last. */
  #spare = NOTHING;

  /** Keeps at least `mostLines` printed lines (within MOST_BYTES), and up to one block more. */
  constructor(mostLines: number) {
    this.#mostLines = mostLines;
  }

  get lines(): number {
    return this.#blockLines + this.#openLines;
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

  /** `count` lines, each ended by a line feed; by CR LF, and without any other CR, when `ending` says so. */
  addLines(lines: Uint8Array, count: number, ending?: "crlf"): void {
    this.finishLine();
    if (ending === "crlf") {
      this.#closeBlock();
      const bytes = this.#bytesFor(lines.length);
      bytes.set(lines);
      this.#addBlock(bytes, lines.length, count, true);
      this.#forget();
      return;
    }
    this.#room(lines.length);
    this.#open.set(lines, this.#used);
    this.#used += lines.length;
    this.#openLines += count;
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
    this.#unfinished = false;
  }

  /** The last `lines` (all when undefined), each ended by a line feed but one that is unfinished. */
  read(lines: number | undefined): Uint8Array {
    const all = concat([...this.#blocks.map(contentOf), this.#open.subarray(0, this.#used)]);
    return lines === undefined ? all : lastLines(all, Math.min(lines, this.#mostLines));
  }

  /** Makes what is kept smaller while nothing happens; true while there is more to do. */
  compress(): boolean {
    this.#spare = NOTHING;
    this.#closeBlock();
    this.#open = NOTHING;
    const loose = this.#blocks.filter((block) => !block.compressed);
    for (const block of loose.slice(0, COMPRESSED_AT_ONCE)) {
      block.bytes = new Uint8Array(Bun.zstdCompressSync(contentOf(block), { level: 1 }));
      block.compressed = true;
      block.crlf = false;
    }
    return loose.length > COMPRESSED_AT_ONCE;
  }

  #room(need: number): void {
    if (this.#used + need <= this.#open.length) return;
    this.#closeBlock();
    this.#forget();
    if (this.#open.length < need) this.#open = this.#bytesFor(Math.max(BLOCK_BYTES, need));
  }

  #closeBlock(): void {
    const used = this.#used;
    if (used > 0) {
      const filled = 2 * used > this.#open.length;
      this.#addBlock(filled ? this.#open : this.#open.slice(0, used), used, this.#openLines, false);
      if (filled) this.#open = NOTHING;
    }
    this.#used = 0;
    this.#openLines = 0;
  }

  #addBlock(bytes: Uint8Array<ArrayBuffer>, length: number, lines: number, crlf: boolean): void {
    this.#blocks.push({ bytes, compressed: false, crlf, length, lines });
    this.#blockLines += lines;
    this.#blockBytes += length;
  }

  /** A flood goes around in its own bytes: new ones would wait for a collection, 1 MB for each MB that is printed. */
  #bytesFor(need: number): Uint8Array<ArrayBuffer> {
    const spare = this.#spare;
    this.#spare = NOTHING;
    return spare.length >= need && spare.length <= 2 * need ? spare : new Uint8Array(4096 * Math.ceil(need / 4096));
  }

  /** Drops the oldest blocks that are not wanted any more. */
  #forget(): void {
    for (let oldest = this.#blocks[0]; oldest !== undefined; oldest = this.#blocks[0]) {
      if (this.#blockLines - oldest.lines < this.#mostLines && this.#blockBytes <= MOST_BYTES) return;
      this.#blockLines -= oldest.lines;
      this.#blockBytes -= oldest.length;
      this.#blocks.shift();
      if (!oldest.compressed) this.#spare = oldest.bytes;
    }
  }
}

function contentOf({ bytes, compressed, crlf, length }: Block): Uint8Array {
  if (compressed) return Bun.zstdDecompressSync(bytes);
  const content = bytes.subarray(0, length);
  return crlf ? withoutCarriageReturns(content) : content;
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
