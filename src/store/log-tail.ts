// Finds where the last lines of an output log begin, reading only its end (faults D6: a 5 GB log answers at
// once). Called by `logs --tail`, `-S -N` and `tail`. Lines are counted by line feeds; a gap ends a line too.

import { ok, type Result } from "../base/result.ts";
import { lastFeed } from "./lines-from-end.ts";
import type { LogExtent, LogReader } from "./output-log-reader.ts";

export interface TailOptions {
  /** Count back from here; default: the end of the log. */
  readonly end?: number;
  /** Give up after so many bytes (a log without line feeds); the default takes about 30 ms. */
  readonly maxBytes?: number;
}

export interface Tail {
  /** Where the first of the wanted lines begins. */
  readonly offset: number;
  /** Lines found from there on; fewer than wanted when the log has no more or `cut` is set. */
  readonly lines: number;
  /** Whether maxBytes ended the search: `offset` is then inside a line. */
  readonly cut: boolean;
}

const BLOCK_BYTES = 64 * 1024;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** The last `lines` lines; an unfinished last line counts as one. */
export function findTail(reader: LogReader, lines: number, options: TailOptions = {}): Result<Tail> {
  const limit = options.end ?? Number.MAX_SAFE_INTEGER;
  const extents = joined(reader.extents(), limit);
  const last = extents.at(-1);
  if (last === undefined || lines <= 0) return ok({ offset: last?.end ?? 0, lines: 0, cut: false });
  let left = options.maxBytes ?? DEFAULT_MAX_BYTES;
  let found = 0;
  for (const extent of extents.toReversed()) {
    // The last byte of an extent, a line feed or not, ends its last line and begins none.
    let unsearched = extent.end - 1;
    while (unsearched > extent.start) {
      const from = Math.max(extent.start, unsearched - BLOCK_BYTES);
      if (left <= 0) return ok({ offset: unsearched, lines: found, cut: true });
      left -= unsearched - from;
      const block = readExactly(reader, from, unsearched);
      if (!block.ok) return block;
      for (let at = lastFeed(block.value, block.value.length); at >= 0; at = lastFeed(block.value, at)) {
        found += 1;
        if (found === lines) return ok({ offset: from + at + 1, lines: found, cut: false });
      }
      unsearched = from;
    }
    found += 1;
    if (found === lines) return ok({ offset: extent.start, lines: found, cut: false });
  }
  return ok({ offset: extents[0]?.start ?? 0, lines: found, cut: false });
}

/** Extents up to `limit`, without empty ones, those that touch made one: a segment's edge is no line's end. */
function joined(extents: readonly LogExtent[], limit: number): LogExtent[] {
  const runs: LogExtent[] = [];
  for (const { start, end: wholeEnd } of extents) {
    const end = Math.min(wholeEnd, limit);
    if (end <= start) continue;
    const previous = runs.at(-1);
    if (previous?.end === start) runs[runs.length - 1] = { start: previous.start, end };
    else runs.push({ start, end });
  }
  return runs;
}

/** The bytes of a range; bytes that vanished meanwhile are left as zeros, which end no line. */
function readExactly(reader: LogReader, from: number, to: number): Result<Uint8Array> {
  const all = new Uint8Array(to - from);
  for (let at = from; at < to; ) {
    const read = reader.read(at, to - at);
    if (!read.ok) return read;
    const { offset, bytes, next } = read.value;
    if (bytes.length === 0 || offset >= to) break;
    all.set(bytes.subarray(0, to - offset), offset - from);
    at = next;
  }
  return ok(all);
}
