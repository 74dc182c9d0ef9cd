// Directories that only we may enter: sockets and records live in them. A directory that is a symlink, is
// not ours or is open to others is refused with the reason, never followed and never chmodded (a stranger
// may have put it there). Used by client/ before it connects and by store/ before it writes.

import { lstatSync, mkdirSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf, messageOf } from "./errors.ts";
import { type Failure, fail, ok, type Result } from "./result.ts";

export interface DirectoryRule {
  /** Follow a link to the directory itself (the state root may be reached through one); default false. */
  readonly followLink?: boolean;
}

/** Makes the directory 0700 under any umask, with its parents, or checks the one that is there. */
export function ensurePrivateDirectory(path: string, rule: DirectoryRule = {}): Result<undefined> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") {
      return fail("unsafe_directory", `cannot make ${path}: ${messageOf(error)}`, {
        hint: "choose a directory that you may write",
      });
    }
  }
  return checkPrivateDirectory(path, rule);
}

/** Ok when the directory exists, is ours and is closed to others. */
export function checkPrivateDirectory(path: string, rule: DirectoryRule = {}): Result<undefined> {
  let stats: Stats;
  try {
    stats = rule.followLink ? statSync(path) : lstatSync(path);
  } catch (error) {
    return fail("unsafe_directory", `cannot look at ${path}: ${messageOf(error)}`);
  }
  if (stats.isSymbolicLink()) return refuse(path, "it is a symbolic link");
  if (!stats.isDirectory()) return refuse(path, "it is not a directory");
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid) return refuse(path, `it belongs to uid ${stats.uid}, not to ${uid}`);
  const open = stats.mode & 0o077;
  if (open !== 0) {
    return refuse(
      path,
      `it is open to others (mode ${(stats.mode & 0o777).toString(8).padStart(4, "0")}, expected 0700)`,
    );
  }
  return ok();
}

function refuse(path: string, why: string): Failure {
  return fail("unsafe_directory", `refusing to use ${path}: ${why}`);
}
