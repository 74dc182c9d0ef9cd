// Brings a journal whose writer died in the middle of a line back to its last good record.
// Called when a journal is opened for writing, never by readers. The rule (faults D2): the bytes behind the
// last good record are kept aside in `<name>.torn-<time>` before they are cut off; nothing is invented, and
// damage in the middle stays where it is (readers skip and count it). Of a file with far more damage than that (a hole of
// gigabytes) nothing is copied: all of it is kept aside.

import { fsyncSync, readSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { fileFailure } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { syncDirectory } from "./atomic-file.ts";
import { decodeRecord, LONGEST_RECORD, MOST_DAMAGE } from "./journal-record.ts";
import { linesFromEnd } from "./lines-from-end.ts";
import { stampedName } from "./stamped-name.ts";
import { WrittenFile } from "./written-file.ts";

const COPY_BYTES = 256 * 1024;

export interface Recovered {
  /** The last good record's, 0 when there is none. */
  readonly seq: number;
  /** Where the bad tail went, if there was one. */
  readonly torn: string | undefined;
  /** All of the file went there: open a new one. */
  readonly moved: boolean;
}

/** `file` must be open for `update`. On a failure (a full disk) nothing was cut off: try again later. */
export function recoverJournal(file: WrittenFile): Result<Recovered> {
  try {
    const last = lastGood(file);
    if (last === undefined) return ok({ seq: 0, torn: moveAside(file), moved: true });
    if (last.end === file.size) return ok({ seq: last.seq, torn: undefined, moved: false });
    const torn = keepAside(file, last.end);
    if (!torn.ok) return torn;
    const cut = file.cutTo(last.end);
    return cut.ok ? ok({ seq: last.seq, torn: torn.value, moved: false }) : cut;
  } catch (error) {
    return fileFailure(`recover ${file.path}`, error);
  }
}

/** Undefined when there is none within what a crash may have damaged. */
function lastGood(file: WrittenFile): { seq: number; end: number } | undefined {
  let isTooMuch = false;
  const stopAt = (length: number) => {
    isTooMuch = length > MOST_DAMAGE;
    return isTooMuch;
  };
  for (const line of linesFromEnd(file.fd, file.size, LONGEST_RECORD, stopAt)) {
    const record = line.terminated && line.bytes !== undefined ? decodeRecord(line.bytes) : undefined;
    if (record !== undefined) return { seq: record.seq, end: line.end };
    if (stopAt(file.size - line.start)) break;
  }
  return isTooMuch ? undefined : { seq: 0, end: 0 };
}

function moveAside(file: WrittenFile): string {
  const aside = stampedName(file.path, "torn");
  renameSync(file.path, aside);
  syncDirectory(dirname(aside));
  return aside;
}

function keepAside(file: WrittenFile, from: number): Result<string> {
  const aside = WrittenFile.open(stampedName(file.path, "torn"), "new");
  if (!aside.ok) return aside;
  const copy = aside.value;
  try {
    const block = new Uint8Array(COPY_BYTES);
    for (let at = from; at < file.size; ) {
      const count = readSync(file.fd, block, 0, Math.min(block.length, file.size - at), at);
      if (count === 0) break;
      const written = copy.write(block.subarray(0, count));
      if (!written.ok) {
        copy.remove();
        return written;
      }
      at += count;
    }
    fsyncSync(copy.fd);
    syncDirectory(dirname(copy.path));
    return ok(copy.path);
  } finally {
    copy.dispose();
  }
}
