// Looks at what a path is without following a link, and names it for messages.
// Called by the checks of directories, files and sockets; the rule it keeps: "not there" is an answer,
// never an exception, also when a part of the path is missing or is no directory.

import type { Stats } from "node:fs";
import { errnoOf } from "./errors.ts";
import { fileFailure } from "./file-failure.ts";
import { nodeFs } from "./quick-calls.ts";
import { ok, type Result } from "./result.ts";

/** The lstat of a path, or undefined when nothing is there. */
export function lookAt(path: string): Result<Stats | undefined> {
  try {
    return ok(nodeFs().lstatSync(path, { throwIfNoEntry: false }));
  } catch (error) {
    // Measured in Bun 1.4.5: throwIfNoEntry covers ENOENT, not a file in the place of a directory.
    if (errnoOf(error) === "ENOTDIR" || errnoOf(error) === "ENOENT") return ok(undefined);
    return fileFailure(`look at ${path}`, error);
  }
}

/** "a symbolic link", "a fifo", ...: for the second half of "expected ..., got ...". */
export function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a directory";
  if (stats.isFile()) return "a regular file";
  if (stats.isSocket()) return "a socket";
  if (stats.isFIFO()) return "a fifo";
  return "a device";
}

/** The user whose files are ours: the effective one, because that is who the kernel asks. */
export function ourUid(): number {
  return process.geteuid?.() ?? -1;
}

export function isOurs(stats: Stats): boolean {
  return stats.uid === ourUid();
}

/** The permission bits as people write them: `0755`. */
export function modeText(stats: Stats): string {
  return (stats.mode & 0o7777).toString(8).padStart(4, "0");
}
