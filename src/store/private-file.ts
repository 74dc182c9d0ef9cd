// Opens or creates one file of ours: 0600 under any umask, never through a link, closed on exec.
// Called by everything in store/ that opens a file. The rule (faults S5, screen's CVE-2025-23395): what is
// written to is a regular file that we own, checked on the open file and not on its name.

import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync } from "node:fs";
import { fileFailure, unsafeFile } from "../base/file-failure.ts";
import { isOurs, kindOf, lookAt, ourUid } from "../base/file-kind.ts";
import { type Failure, fail, ok, type Result } from "../base/result.ts";

/** `read`: must exist. `write`: kept or created. `new`: must not exist. `update`: as write, readable too. */
export type OpenFor = "read" | "write" | "new" | "update";

const FLAGS: Record<OpenFor, number> = {
  read: constants.O_RDONLY,
  write: constants.O_WRONLY | constants.O_CREAT,
  new: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  update: constants.O_RDWR | constants.O_CREAT,
};

// A fifo in the place of the file must be an error, not a wait. O_CLOEXEC is not in node's table; Bun 1.4.5
// sets it on every open (read back from /proc/self/fdinfo).
const ALWAYS = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The descriptor, which the caller closes. `isCausedBy(failure, "ENOENT")` tells that there is none. */
export function openPrivateFile(path: string, openFor: OpenFor): Result<number> {
  let fd: number;
  try {
    fd = openSync(path, FLAGS[openFor] | ALWAYS, 0o600);
  } catch (error) {
    return refusalOf(path) ?? fileFailure(`open ${path}`, error);
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || !isOurs(stats)) {
      closeSync(fd);
      const got = stats.isFile() ? `one of uid ${stats.uid} (we are uid ${ourUid()})` : kindOf(stats);
      return unsafeFile(path, "a regular file of ours", got);
    }
    // A umask of 0777 creates 0000; a file of ours that was opened to others is closed again.
    if (openFor !== "read" && (stats.mode & 0o777) !== 0o600) fchmodSync(fd, 0o600);
    return ok(fd);
  } catch (error) {
    closeSync(fd);
    return fileFailure(`open ${path}`, error);
  }
}

// Far above the largest honest file; a sparse one of 10 GB must not take the memory of who reads it.
const LARGEST_FILE = 256 * 1024 * 1024;

/** All that is in a file of ours; fails as `openPrivateFile` does. */
export function readPrivateFile(path: string): Result<Buffer> {
  const opened = openPrivateFile(path, "read");
  if (!opened.ok) return opened;
  try {
    const { size } = fstatSync(opened.value);
    if (size > LARGEST_FILE) return fail("failed", `${path}: expected ${LARGEST_FILE} bytes at most, got ${size}`);
    return ok(readFileSync(opened.value));
  } catch (error) {
    return fileFailure(`read ${path}`, error);
  } finally {
    closeSync(opened.value);
  }
}

/** Better words than ELOOP, ENXIO or EISDIR when the reason is what stands there. */
function refusalOf(path: string): Failure | undefined {
  const found = lookAt(path);
  if (!found.ok || found.value === undefined || found.value.isFile()) return undefined;
  return unsafeFile(path, "a regular file of ours", kindOf(found.value));
}
