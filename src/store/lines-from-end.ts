// Yields the lines of an open file from the last to the first, reading blocks from its end only.
// Called by the journal's recovery and by its readers; the rule: memory is bounded, a line longer than the
// cap is told by its place only (`bytes` undefined).

import { readSync } from "node:fs";
import { concat } from "../base/byte-queue.ts";

export interface PlacedLine {
  /** Position of its first byte in the file. */
  readonly start: number;
  /** Position behind it and, if it has one, its line feed. */
  readonly end: number;
  /** Without the line feed; undefined when longer than `longest`. */
  readonly bytes: Uint8Array | undefined;
  /** False only for a last line without a line feed. */
  readonly terminated: boolean;
}

const LINE_FEED = 10;
const BLOCK_BYTES = 64 * 1024;

/** The index of the last line feed before `end`, or -1. (A negative start would mean "from the end" to lastIndexOf.) */
export function lastFeed(bytes: Uint8Array, end: number): number {
  return end <= 0 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
}

/**
 * Throws what readSync throws. `size`: where to begin, normally the file's size. `stopAt` is told how long the line at hand
 * is already, before more of it is read: true ends it all, and it may throw.
 */
export function* linesFromEnd(
  fd: number,
  size: number,
  longest: number,
  stopAt: (length: number) => boolean = () => false,
): Generator<PlacedLine> {
  let lineEnd = size;
  let terminated = false;
  // Pieces of the line being collected, last one first; its length is lineEnd - (position of the first piece).
  let pieces: Uint8Array[] = [];
  const place = (start: number): PlacedLine => {
    const length = lineEnd - start;
    const whole = length > longest ? undefined : concat(pieces.toReversed());
    const bytes = terminated ? whole?.subarray(0, length - 1) : whole;
    return { start, end: lineEnd, bytes, terminated };
  };
  for (let blockStart = size; blockStart > 0; ) {
    if (stopAt(lineEnd - blockStart)) return;
    const blockEnd = blockStart;
    blockStart = Math.max(0, blockEnd - BLOCK_BYTES);
    const block = new Uint8Array(blockEnd - blockStart);
    readSync(fd, block, 0, block.length, blockStart);
    let unread = block.length;
    for (let at = lastFeed(block, block.length); at >= 0; at = lastFeed(block, at)) {
      const start = blockStart + at + 1;
      if (start < lineEnd) {
        pieces.push(block.subarray(at + 1, unread));
        yield place(start);
      }
      pieces = [];
      unread = at + 1;
      lineEnd = start;
      terminated = true;
    }
    if (lineEnd - blockStart > longest) pieces = [];
    else if (unread > 0) pieces.push(block.subarray(0, unread));
  }
  if (lineEnd > 0) yield place(0);
}
