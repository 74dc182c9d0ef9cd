// Where the lines of a log begin: counted from the end by reading backwards (a log may have gigabytes), or
// from the start by reading them.

import { logPieces, type Piece } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";
import { printedLines } from "./printed-lines.ts";

const FIRST_WINDOW = 64 * 1024;
const LARGEST_WINDOW = 1024 * 1024;
const LINE_FEED = 10;

export interface LogBounds {
  readonly start: number;
  readonly end: number;
}

export async function logBounds(recorded: RecordedSession): Promise<LogBounds> {
  const { start, end } = await recorded.readLog(0, 0);
  return { start, end };
}

/** The offset at which the last `count` lines begin; the log's start when it has fewer. `count` 0: the end. */
export async function offsetOfLastLines(recorded: RecordedSession, bounds: LogBounds, count: number): Promise<number> {
  if (count === 0) return bounds.end;
  let missing: number | undefined;
  let unended: Piece[] = [];
  let windowBytes = FIRST_WINDOW;
  for (let to = bounds.end; to > bounds.start; windowBytes = Math.min(LARGEST_WINDOW, windowBytes * 4)) {
    const from = Math.max(bounds.start, to - windowBytes);
    const pieces = await collect(recorded, from, to);
    for (const { offset, bytes } of pieces.toReversed()) {
      for (let at = bytes.length; at > 0; ) {
        at = bytes.lastIndexOf(LINE_FEED, at - 1);
        if (at < 0) break;
        if (missing === undefined) {
          // What stands after the last line end is a line only if it shows anything.
          const rest = [{ offset: offset + at + 1, bytes: bytes.subarray(at + 1) }, ...unended];
          missing = showsText(rest) ? count - 1 : count;
        }
        if (missing === 0) return offset + at + 1;
        missing -= 1;
      }
      if (missing === undefined) unended = [{ offset, bytes }, ...unended];
    }
    // So much without a line end certainly shows something; no need to keep it.
    if (missing === undefined && bounds.end - from > LARGEST_WINDOW) missing = count - 1;
    to = from;
  }
  return bounds.start;
}

/** Offsets at which the lines with these numbers begin, counted from the log's first; undefined past the end. */
export async function offsetsOfLines(
  recorded: RecordedSession,
  bounds: LogBounds,
  numbers: readonly number[],
): Promise<(number | undefined)[]> {
  const found = new Map<number, number>();
  const last = Math.max(...numbers);
  let number = 0;
  for await (const lines of printedLines(recorded, { from: bounds.start, to: bounds.end })) {
    for (const line of lines) {
      if (numbers.includes(number)) found.set(number, line.offset);
      number += 1;
    }
    if (number > last) break;
  }
  return numbers.map((wanted) => found.get(wanted));
}

/** The beginning of the line that holds the byte at `offset`, looked for in the last 64 KiB before it. */
export async function startOfLine(recorded: RecordedSession, bounds: LogBounds, offset: number): Promise<number> {
  const from = Math.max(bounds.start, offset - FIRST_WINDOW);
  for (const piece of (await collect(recorded, from, offset)).toReversed()) {
    const at = piece.bytes.lastIndexOf(LINE_FEED);
    if (at >= 0) return piece.offset + at + 1;
  }
  return from === bounds.start ? bounds.start : offset;
}

async function collect(recorded: RecordedSession, from: number, to: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of logPieces(recorded, { from, to })) pieces.push(piece);
  return pieces;
}

function showsText(pieces: readonly Piece[]): boolean {
  const sanitizer = new LineSanitizer();
  return [...pieces.flatMap(({ bytes }) => sanitizer.write(bytes)), ...sanitizer.end()].length > 0;
}
