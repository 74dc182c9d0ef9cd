// Replaces a whole file so that a reader, or a crash at any moment, finds the old bytes or the new ones and
// never a mixture: a temporary file beside it, fsync, rename, fsync of the directory. Called for every JSON
// file and snapshot. Synchronous on purpose: 0.5 ms with both fsyncs, while an asynchronous write waits for a
// pool of two threads of which one is blocked in the PTY read (architecture, trap 10).

import { closeSync, constants, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileFailure, isCausedBy } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { openPrivateFile } from "./private-file.ts";

export interface ReplaceOptions {
  /** Default true: acknowledged only when on the disk. False skips both fsyncs, for what can be made again. */
  readonly durable?: boolean;
}

/** On a failure (disk_full, not_permitted, ...) the old file is untouched and no temporary one stays. */
export function replaceFile(path: string, bytes: Uint8Array, options: ReplaceOptions = {}): Result<undefined> {
  const durable = options.durable ?? true;
  // The pid keeps two processes apart, also when a lock that should have done so was lost.
  const temporary = `${path}.${process.pid}.tmp`;
  const opened = openTemporary(temporary);
  if (!opened.ok) return opened;
  try {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(opened.value, bytes, at, bytes.length - at);
      if (durable) fsyncSync(opened.value);
    } finally {
      closeSync(opened.value);
    }
    renameSync(temporary, path);
    if (durable) syncDirectory(dirname(path));
    return ok();
  } catch (error) {
    rmSync(temporary, { force: true });
    return fileFailure(`write ${path}`, error);
  }
}

function openTemporary(path: string): Result<number> {
  const opened = openPrivateFile(path, "new");
  if (opened.ok || !isCausedBy(opened, "EEXIST")) return opened;
  // Left by a crashed process that had our pid.
  rmSync(path, { force: true });
  return openPrivateFile(path, "new");
}

/** Makes a created, renamed or removed name in the directory survive a power cut; throws what fsync throws. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Removes the temporary files that crashed processes left in a directory; those of live processes (`isRunning`) stay.
 * Returns the names removed. Called by the host (leftover-files.ts).
 */
export function sweepTemporaries(directory: string, isRunning: (pid: number) => boolean): string[] {
  const swept: string[] = [];
  try {
    for (const name of readdirSync(directory)) {
      const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
      if (pid === undefined || isRunning(Number(pid))) continue;
      rmSync(join(directory, name), { force: true });
      swept.push(name);
    }
  } catch {
    // An unreadable directory shows itself in the operation that follows; here it only means nothing to sweep.
  }
  return swept;
}
