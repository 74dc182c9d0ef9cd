// Turns what the system said about a file into a Failure with a sentence that people understand.
// Called by every part of store/; the rule it keeps: no file operation of bide ever ends in an exception,
// and a full disk is always told apart (disk_full) from everything else.

import { type ErrorCode, errnoOf, messageOf } from "./errors.ts";
import { type Failure, fail } from "./result.ts";

interface FileError {
  readonly text: string;
  readonly code: ErrorCode;
}

const FILE_ERRORS: Record<string, FileError> = {
  ENOSPC: { text: "no space is left on the device", code: "disk_full" },
  EDQUOT: { text: "the disk quota is used up", code: "disk_full" },
  EFBIG: { text: "the file would be larger than is allowed", code: "disk_full" },
  EIO: { text: "the device failed (EIO)", code: "failed" },
  EACCES: { text: "permission is denied", code: "not_permitted" },
  EPERM: { text: "the operation is not permitted", code: "not_permitted" },
  EROFS: { text: "the file system is read-only", code: "not_permitted" },
  ENOENT: { text: "it does not exist", code: "failed" },
  EEXIST: { text: "it exists already", code: "failed" },
  ENOTDIR: { text: "a part of the path is not a directory", code: "failed" },
  EISDIR: { text: "it is a directory", code: "failed" },
  ELOOP: { text: "it is a symbolic link, or links go in a circle", code: "unsafe_file" },
  ENAMETOOLONG: { text: "the path is too long", code: "failed" },
  EMFILE: { text: "too many files are open", code: "busy" },
  ENFILE: { text: "too many files are open on this machine", code: "busy" },
};

/** `doing` completes "cannot ...": `write /x/meta.json`. The thrown value stays as the cause. */
export function fileFailure(doing: string, error: unknown): Failure {
  const known = FILE_ERRORS[errnoOf(error) ?? ""];
  return fail(known?.code ?? "failed", `cannot ${doing}: ${known?.text ?? messageOf(error)}`, { cause: error });
}

/** Whether a failure of this folder came from that errno, e.g. `ENOENT` for a file that is not there. */
export function isCausedBy(failure: Failure, errno: string): boolean {
  return errnoOf(failure.cause) === errno;
}

/** The failure for a thing at `path` that bide will not touch. */
export function unsafeFile(path: string, expected: string, got: string): Failure {
  return fail("unsafe_file", `${path}: expected ${expected}, got ${got}`);
}
