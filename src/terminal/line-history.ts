// The lines above the model's scrollback, as text with SGR, compact: a few blocks of bytes instead of an
// object per line. live-screen.ts adds each line when it leaves the model; whole blocks leave at the other end.

import { concat } from "../base/byte-queue.ts";
import { LineSanitizer } from "./sanitize.ts";

interface Block {
  readonly bytes: Uint8Array;
  /** Printed lines that end in this block. */
  readonly lines: number;
}

const BLOCK_BYTES = 32 * 1024;
const LINE_FEED = 10;

export class LineHistory {
  readonly #mostLines: number;
  #blocks: Block[] = [];
  #blockLines = 0;
  #open = new Uint8Array(0);
  #used = 0;
  #openLines = 0;

  /** Keeps at least `mostLines` printed lines, and up to one block more. */
  constructor(mostLines: number) {
    this.#mostLines = mostLines;
  }

  get lines(): number {
    return this.#blockLines + this.#openLines;
  }

  /** `wrapped`: the next line continues this one, so no line end is put between them. */
  add(line: Uint8Array, wrapped: boolean): void {
    const need = line.length + 1;
    if (this.#used + need > this.#open.length) this.#close(need);
    this.#open.set(line, this.#used);
    this.#used += line.length;
    if (wrapped) return;
    this.#open[this.#used] = LINE_FEED;
    this.#used += 1;
    this.#openLines += 1;
  }

  clear(): void {
    this.#blocks = [];
    this.#blockLines = 0;
    this.#used = 0;
    this.#openLines = 0;
  }

  /** The last `lines` (all when undefined), each ended by a line feed. */
  read(format: "text" | "ansi", lines: number | undefined): Uint8Array {
    const all = concat([...this.#blocks.map((block) => block.bytes), this.#open.subarray(0, this.#used)]);
    const wanted = lines === undefined ? all : lastLines(all, Math.min(lines, this.#mostLines));
    return format === "ansi" ? wanted : withoutStyles(wanted);
  }

  #close(need: number): void {
    if (this.#used > 0) {
      this.#blocks.push({ bytes: this.#open.slice(0, this.#used), lines: this.#openLines });
      this.#blockLines += this.#openLines;
    }
    this.#used = 0;
    this.#openLines = 0;
    if (this.#open.length < need || this.#open.length === 0) this.#open = new Uint8Array(Math.max(BLOCK_BYTES, need));
    for (let oldest = this.#blocks[0]; oldest !== undefined; oldest = this.#blocks[0]) {
      if (this.#blockLines - oldest.lines < this.#mostLines) return;
      this.#blockLines -= oldest.lines;
      this.#blocks.shift();
    }
  }
}

/** The end of `bytes` that holds so many lines; a last one without a line feed counts. */
function lastLines(bytes: Uint8Array, lines: number): Uint8Array {
  if (lines === 0) return bytes.subarray(bytes.length);
  let at = bytes.length - 1;
  for (let found = 0; at > 0; found += 1) {
    at = bytes.lastIndexOf(LINE_FEED, at - 1);
    if (at < 0) return bytes;
    if (found + 1 === lines) return bytes.subarray(at + 1);
  }
  return bytes;
}

function withoutStyles(bytes: Uint8Array): Uint8Array {
  const sanitizer = new LineSanitizer();
  const lines = [...sanitizer.write(bytes), ...sanitizer.end()];
  return new TextEncoder().encode(lines.map((line) => `${line.text}\n`).join(""));
}
