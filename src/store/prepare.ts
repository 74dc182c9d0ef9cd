// Makes or checks the directories of one state root, in the order in which they must be trusted.
// Called by the host and the worker at their start, and again by their self-check after a cleaner of /tmp
// went by (faults U2): calling it twice is free of effect.

import { ensurePrivateDirectory } from "../base/private-directory.ts";
import { ok, type Result } from "../base/result.ts";
import type { Paths } from "./paths.ts";

export function prepareState(paths: Paths): Result<undefined> {
  return ensureEach([paths.stateRoot, paths.sessions, paths.archive, paths.views]);
}

/** The runtime base first: inside a base that others may write, nothing is worth checking. */
export function prepareRuntime(paths: Paths): Result<undefined> {
  return ensureEach([paths.runtimeBase, paths.runtimeDir]);
}

function ensureEach(directories: readonly string[]): Result<undefined> {
  for (const directory of directories) {
    const ensured = ensurePrivateDirectory(directory);
    if (!ensured.ok) return ensured;
  }
  return ok();
}
