// Goes through an output log line by line, forwards; works on a log that grows (`logs --follow`).
// Called by logs, tail and wait. Lines are bytes between line feeds, undecoded; a line is cut when it is too
// long or when a gap ends it, and it says so.

import { ByteQueue } from "../base/byte-queue.ts";
import { ok, type Result } from "../base/result.ts";
import type { LogReader } from "./output-log-reader.ts";

export interface LogLine {
  /** Offset of the line's first byte. */
  readonly offset: number;
  /** Offset behind the line and its line feed. */
  readonly next: number;
  /** Without the line feed. */
  readonly bytes: Uint8Array;
  /** False when the line goes on (too long), broke off (a gap) or is not finished yet (`rest`). */
  readonly complete: boolean;
  /** Offsets that are missing before this line. */
  readonly gap: number;
}

const LINE_FEED = 10;
// A line of a program without line feeds must not fill the memory.
const LONGEST_LINE = 1024 * 1024;

export class LineScanner {
  readonly #reader: LogReader;
  readonly #until: number;
  readonly #line = new ByteQueue();
  #chunk: Uint8Array = new Uint8Array(0);
  /** Offset of the chunk's first byte. */
  #at: number;
  #gap = 0;

  /** `from`: offset of a line's start, e.g. from findTail; `until`: exclusive, default none. */
  constructor(reader: LogReader, from: number, until: number = Number.MAX_SAFE_INTEGER) {
    this.#reader = reader;
    this.#at = from;
    this.#until = until;
  }

  /** The next line, or undefined when there is none yet: ask again when the log has grown. */
  next(): Result<LogLine | undefined> {
    for (;;) {
      if (this.#chunk.length === 0) {
        const more = this.#readMore();
        if (!more.ok || more.value !== undefined) return more;
        if (this.#chunk.length === 0) return ok(undefined);
      }
      const feed = this.#chunk.indexOf(LINE_FEED);
      const room = LONGEST_LINE - this.#line.length;
      if (feed >= 0 && feed <= room) {
        this.#take(feed);
        this.#skip(1);
        return ok(this.#finish(true));
      }
      this.#take(Math.min(this.#chunk.length, room));
      if (this.#line.length === LONGEST_LINE) return ok(this.#finish(false));
    }
  }

  /** The unfinished last line, at the end of a log that does not grow any more; undefined when there is none. */
  rest(): LogLine | undefined {
    return this.#line.length > 0 ? this.#finish(false) : undefined;
  }

  /** Fetches a chunk; returns the line that a gap broke off, if one did. */
  #readMore(): Result<LogLine | undefined> {
    if (this.#at >= this.#until) return ok(undefined);
    const read = this.#reader.read(this.#at);
    if (!read.ok) return read;
    const { offset, bytes, gap } = read.value;
    if (offset >= this.#until) return ok(undefined);
    const broken = gap > 0 && this.#line.length > 0 ? this.#finish(false) : undefined;
    this.#gap += gap;
    this.#at = offset;
    this.#chunk = bytes.subarray(0, this.#until - offset);
    return ok(broken);
  }

  #take(count: number): void {
    this.#line.push(this.#chunk.subarray(0, count));
    this.#skip(count);
  }

  #skip(count: number): void {
    this.#chunk = this.#chunk.subarray(count);
    this.#at += count;
  }

  #finish(complete: boolean): LogLine {
    const bytes = this.#line.takeAll();
    const offset = this.#at - bytes.length - (complete ? 1 : 0);
    const line = { offset, next: this.#at, bytes, complete, gap: this.#gap };
    this.#gap = 0;
    return line;
  }
}

/** The offset behind `count` line feeds from `from` on (`logs -S 1000`); `skipped` is less when the log ends first. */
export function skipLines(reader: LogReader, from: number, count: number): Result<{ offset: number; skipped: number }> {
  let offset = from;
  let skipped = 0;
  while (skipped < count) {
    const read = reader.read(offset);
    if (!read.ok) return read;
    const { bytes } = read.value;
    if (bytes.length === 0) break;
    let at = 0;
    while (skipped < count) {
      const feed = bytes.indexOf(LINE_FEED, at);
      if (feed < 0) {
        at = bytes.length;
        break;
      }
      at = feed + 1;
      skipped += 1;
    }
    offset = read.value.offset + at;
  }
  return ok({ offset, skipped });
}
