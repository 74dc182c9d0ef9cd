// Makes or checks one directory that only we may enter: 0700, ours, really a directory.
// Called by the host and the worker before they write or bind anything. The rule (faults S1): whatever is
// wrong is refused with its reason; nothing is followed and nothing is chmodded. What is checked stays
// true, because only its owner can change or (below a sticky /tmp) replace a directory.

import { errnoOf } from "./errors.ts";
import { fileFailure } from "./file-failure.ts";
import { isOurs, kindOf, lookAt, modeText, ourUid } from "./file-kind.ts";
import { absolutePath, nodePath } from "./plain-path.ts";
import { withUmask } from "./private-umask.ts";
import { nodeFs, quickLook } from "./quick-calls.ts";
import { fail, ok, type Result } from "./result.ts";

/** What nearly every directory of ours is: S_IFDIR, 0700, no sticky or other bit. */
const PRIVATE_DIRECTORY = 0o40700;

/** `absent` when nothing is there; unsafe_directory when something else than a private directory of ours is. */
export function checkPrivateDirectory(path: string): Result<"private" | "absent"> {
  // resolve() also drops a slash at the end, with which lstat would follow a link.
  const exact = absolutePath(path);
  const quick = quickLook(exact);
  if (quick !== undefined && quick.mode === PRIVATE_DIRECTORY && quick.uid === ourUid()) return ok("private");
  const found = lookAt(exact);
  if (!found.ok) return found;
  const stats = found.value;
  if (stats === undefined) return ok("absent");
  if (!stats.isDirectory()) return refuse(path, kindOf(stats));
  if (!isOurs(stats)) return refuse(path, `one of uid ${stats.uid} (we are uid ${ourUid()})`);
  if ((stats.mode & 0o077) !== 0) return refuse(path, `mode ${modeText(stats)}, open to others`);
  return ok("private");
}

/**
 * Creates the directory 0700 if it is not there, then checks it. Missing parents are created 0700 too
 * (the XDG rule); parents that exist are the user's business.
 */
export function ensurePrivateDirectory(path: string): Result<undefined> {
  const exact = absolutePath(path);
  try {
    withUmask(0o077, () => makeDirectory(exact));
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") return fileFailure(`create the directory ${exact}`, error);
  }
  const checked = checkPrivateDirectory(exact);
  if (!checked.ok) return checked;
  return checked.value === "private" ? ok() : fail("failed", `${exact} was removed while it was being created`);
}

function makeDirectory(path: string): void {
  const { mkdirSync } = nodeFs();
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
    mkdirSync(nodePath().dirname(path), { mode: 0o700, recursive: true });
    mkdirSync(path, { mode: 0o700 });
  }
}

function refuse(path: string, got: string): Result<never> {
  return fail("unsafe_directory", `${path}: expected a directory of ours with mode 0700, got ${got}`);
}
