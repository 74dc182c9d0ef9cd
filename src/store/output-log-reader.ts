// Reads a session's output by offset: while its writer appends, after it died, or in the archive.
// Called by logs, wait, export and the worker's replay. The rules: over rotation nothing is lost and nothing
// is repeated; a gap is said, never closed silently; a segment is believed finished only when a later one was
// seen before its size was asked (the writer never goes back to an earlier segment).

import { closeSync, fstatSync, readSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { fileFailure, isCausedBy } from "../base/file-failure.ts";
import { lookAt } from "../base/file-kind.ts";
import { ok, type Result } from "../base/result.ts";
import { listSegments, type Segment } from "./log-segments.ts";
import { openPrivateFile } from "./private-file.ts";

export interface LogRead {
  /** Offset of the first byte in `bytes`; more than what was asked for when there is a gap. */
  readonly offset: number;
  /** A fresh copy; empty at the end of what is there now. */
  readonly bytes: Uint8Array;
  /** What to ask for next. */
  readonly next: number;
  /** How many offsets were skipped because nobody has their bytes any more. */
  readonly gap: number;
}

/** A run of offsets whose bytes are there; `end` is exclusive. */
export interface LogExtent {
  readonly start: number;
  readonly end: number;
}

const DEFAULT_READ_BYTES = 256 * 1024;

/** Fails when the directory is not there or cannot be read; a session that printed nothing has an empty log. */
export function openLog(directory: string): Result<LogReader> {
  const listed = listSegments(directory);
  return listed.ok ? ok(new LogReader(directory, listed.value)) : listed;
}

export class LogReader implements Disposable {
  readonly #directory: string;
  #segments: Segment[];
  #open: { readonly path: string; readonly fd: number } | undefined;

  constructor(directory: string, segments: Segment[]) {
    this.#directory = directory;
    this.#segments = segments;
  }

  /** The oldest offset kept, looked up now. */
  get start(): number {
    return this.extents()[0]?.start ?? 0;
  }

  /** The offset behind the last byte in the files, looked up now. */
  get end(): number {
    return this.extents().at(-1)?.end ?? 0;
  }

  /** Where bytes are, looked up now, by rising offset; neighbours that do not touch have a gap between them. */
  extents(): LogExtent[] {
    this.#relist();
    const extents: LogExtent[] = [];
    for (const [index, segment] of this.#segments.entries()) {
      const found = lookAt(segment.path);
      if (!found.ok || found.value === undefined) continue;
      extents.push({ start: segment.start, end: Math.min(segment.start + found.value.size, this.#limitOf(index)) });
    }
    return extents;
  }

  /** At most `max` bytes from the first offset >= `offset` that is there. Fails only on a real I/O error. */
  read(offset: number, max: number = DEFAULT_READ_BYTES): Result<LogRead> {
    const known = this.#readKnown(offset, max);
    if (!known.ok || known.value.bytes.length > 0) return known;
    const relisted = this.#relist();
    return relisted.ok ? this.#readKnown(offset, max) : relisted;
  }

  dispose(): void {
    if (this.#open !== undefined) closeSync(this.#open.fd);
    this.#open = undefined;
  }

  #readKnown(offset: number, max: number): Result<LogRead> {
    const after = this.#segments.findIndex((segment) => segment.start > offset);
    const first = Math.max(0, (after === -1 ? this.#segments.length : after) - 1);
    for (let index = first; index < this.#segments.length; index += 1) {
      const segment = this.#segments[index];
      if (segment === undefined) break;
      const from = Math.max(offset, segment.start);
      const bytes = this.#readSegment(segment, from, Math.min(max, this.#limitOf(index) - from));
      if (!bytes.ok) return bytes;
      const length = bytes.value.length;
      if (length > 0) return ok({ offset: from, bytes: bytes.value, next: from + length, gap: from - offset });
    }
    return ok({ offset, bytes: new Uint8Array(0), next: offset, gap: 0 });
  }

  #readSegment(segment: Segment, from: number, most: number): Result<Uint8Array> {
    const fd = this.#fdOf(segment.path);
    if (!fd.ok) return isCausedBy(fd, "ENOENT") ? ok(new Uint8Array(0)) : fd;
    try {
      const there = fstatSync(fd.value).size - (from - segment.start);
      if (there <= 0) return ok(new Uint8Array(0));
      const bytes = new Uint8Array(Math.min(there, most));
      return ok(bytes.subarray(0, readSync(fd.value, bytes, 0, bytes.length, from - segment.start)));
    } catch (error) {
      return fileFailure(`read ${segment.path}`, error);
    }
  }

  /** One segment stays open: readers go forward, and an open one outlives its removal by retention. */
  #fdOf(path: string): Result<number> {
    if (this.#open?.path === path) return ok(this.#open.fd);
    const opened = openPrivateFile(path, "read");
    if (!opened.ok) return opened;
    this.dispose();
    this.#open = { path, fd: opened.value };
    return opened;
  }

  /** A segment ends at the latest where the next one starts. */
  #limitOf(index: number): number {
    return this.#segments[index + 1]?.start ?? Number.MAX_SAFE_INTEGER;
  }

  #relist(): Result<undefined> {
    const listed = listSegments(this.#directory);
    if (!listed.ok) return listed;
    this.#segments = listed.value;
    return ok();
  }
}
