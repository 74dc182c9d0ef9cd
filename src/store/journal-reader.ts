// Reads an event journal by position, by seq or from its end, beside its writer or after it.
// Called by `events`, by the host's subscriptions and by export. The rule: only whole records whose checksum
// fits are told, damaged lines are counted, and every read is bounded, however large the file is.

import { closeSync, fstatSync, readSync } from "node:fs";
import { fileFailure, isCausedBy } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { checkDamage, decodeRecord, type JournalRecord, LONGEST_RECORD } from "./journal-record.ts";
import { linesFromEnd } from "./lines-from-end.ts";
import { openPrivateFile } from "./private-file.ts";

export interface JournalPage {
  readonly records: readonly JournalRecord[];
  /** Byte position behind the last whole line: read on from here to follow. */
  readonly position: number;
  /** Lines that are no records any more. */
  readonly damaged: number;
  /** Whether more was there when the page was full. */
  readonly more: boolean;
  /** The file is shorter than the position asked for (it was replaced): this page starts at its beginning. */
  readonly restarted: boolean;
}

const LINE_FEED = 10;
const PAGE_BYTES = 256 * 1024;
// The search by seq reads about 24 places in 100,000 events; each usually needs one record.
const FIND_BYTES = 4 * 1024;
const EMPTY: JournalPage = { records: [], position: 0, damaged: 0, more: false, restarted: false };

/** All pages from a byte position on. Fails where so much of the file is damaged that reading on would take minutes. */
export function* journalPages(path: string, from: number): Generator<Result<JournalPage>> {
  for (let position = from, good = from; ; ) {
    const page = readJournal(path, position);
    yield page;
    if (!page.ok || !page.value.more || page.value.position <= position) return;
    position = page.value.position;
    if (page.value.records.length > 0) good = position;
    try {
      checkDamage(position - good);
    } catch (error) {
      yield fileFailure(`read ${path}`, error);
      return;
    }
  }
}

/** About one page (256 KiB) of records from a byte position on: 0 or the `position` of an earlier page. */
export function readJournal(path: string, position: number): Result<JournalPage> {
  return withJournal(path, EMPTY, (fd, size) => {
    const restarted = size < position;
    const from = restarted ? 0 : position;
    const page = pageAt(fd, size, from, PAGE_BYTES) ?? pageAt(fd, size, from, LONGEST_RECORD);
    if (page !== undefined) return { ...page, restarted };
    // No line end for longer than any record: damage, unless the writer is still at it.
    const isDamage = size - from >= LONGEST_RECORD;
    const skippedTo = isDamage ? from + LONGEST_RECORD : from;
    return { ...EMPTY, position: skippedTo, damaged: isDamage ? 1 : 0, more: isDamage, restarted };
  });
}

/** The last `count` records, oldest first; `position` is where to go on. */
export function tailJournal(path: string, count: number): Result<JournalPage> {
  return withJournal(path, EMPTY, (fd, size) => {
    const records: JournalRecord[] = [];
    let position = size;
    let damaged = 0;
    let good = size;
    for (const line of linesFromEnd(fd, size, LONGEST_RECORD, checkDamage)) {
      if (!line.terminated) {
        position = line.start;
        continue;
      }
      if (records.length >= count) break;
      const record = line.bytes === undefined ? undefined : decodeRecord(line.bytes);
      if (record === undefined) {
        damaged += 1;
        checkDamage(good - line.start);
      } else {
        records.push(record);
        good = line.start;
      }
    }
    return { ...EMPTY, records: records.reverse(), position, damaged };
  });
}

/** The byte position of the first record with at least this seq; the journal's end when it has none. */
export function positionOfSeq(path: string, seq: number): Result<number> {
  return withJournal(path, 0, (fd, size) => {
    // seq only rises, so halves of the file can be excluded. Every record that starts before `low` is too
    // small; every one that starts at `high` or later is large enough.
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      const found = firstRecordFrom(fd, size, middle);
      if (found !== undefined && found.record.seq < seq) low = found.end;
      else high = middle;
    }
    const first = firstRecordFrom(fd, size, low);
    return first?.start ?? endOfLines(fd, size);
  });
}

interface PlacedRecord {
  readonly record: JournalRecord;
  readonly start: number;
  readonly end: number;
}

/** The first good record that starts at or behind a byte position, which may be inside a line. */
function firstRecordFrom(fd: number, size: number, position: number): PlacedRecord | undefined {
  // A line starts behind a line feed: begin one byte earlier, so that a line that starts right here counts.
  let at = position;
  let inside = position > 0;
  if (inside) at -= 1;
  for (let bytes = FIND_BYTES; at < size; ) {
    checkDamage(at - position);
    const block = readBlock(fd, at, Math.min(bytes, size - at));
    let lineStart = 0;
    for (let feed = block.indexOf(LINE_FEED); feed >= 0; feed = block.indexOf(LINE_FEED, lineStart)) {
      const record = inside ? undefined : decodeRecord(block.subarray(lineStart, feed));
      if (record !== undefined) return { record, start: at + lineStart, end: at + feed + 1 };
      inside = false;
      lineStart = feed + 1;
    }
    if (block.length < bytes) return undefined;
    if (lineStart === 0 && bytes < LONGEST_RECORD) {
      bytes = LONGEST_RECORD;
      continue;
    }
    if (lineStart === 0) inside = true;
    at += lineStart === 0 ? block.length : lineStart;
  }
  return undefined;
}

/** The whole lines in `length` bytes at `from`, or undefined when there is none. */
function pageAt(fd: number, size: number, from: number, length: number): JournalPage | undefined {
  const block = readBlock(fd, from, Math.min(length, size - from));
  const records: JournalRecord[] = [];
  let damaged = 0;
  let lineStart = 0;
  for (let feed = block.indexOf(LINE_FEED); feed >= 0; feed = block.indexOf(LINE_FEED, lineStart)) {
    const record = decodeRecord(block.subarray(lineStart, feed));
    if (record === undefined) damaged += 1;
    else records.push(record);
    lineStart = feed + 1;
  }
  if (lineStart === 0) return undefined;
  return { ...EMPTY, records, position: from + lineStart, damaged, more: from + length < size };
}

function endOfLines(fd: number, size: number): number {
  for (const line of linesFromEnd(fd, size, LONGEST_RECORD, checkDamage))
    return line.terminated ? line.end : line.start;
  return 0;
}

function readBlock(fd: number, from: number, length: number): Uint8Array {
  const block = new Uint8Array(Math.max(0, length));
  return block.subarray(0, readSync(fd, block, 0, block.length, from));
}

/** `absent`: the answer for a journal that is not there. */
function withJournal<T>(path: string, absent: T, run: (fd: number, size: number) => T): Result<T> {
  const opened = openPrivateFile(path, "read");
  if (!opened.ok) return isCausedBy(opened, "ENOENT") ? ok(absent) : opened;
  try {
    return ok(run(opened.value, fstatSync(opened.value).size));
  } catch (error) {
    return fileFailure(`read ${path}`, error);
  } finally {
    closeSync(opened.value);
  }
}
