// Removes a socket of ours, and nothing else (faults S2): what base/socket-file.ts does not take for one stays.
// Called by the host and the worker before they bind and when they end. Between look and removal only we can change it:
// it lies in a private directory that prepare.ts has checked.

import { unlinkSync } from "node:fs";
import { errnoOf } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { checkSocketFile } from "../base/socket-file.ts";

/** Whether there was one to remove. Removing a socket somebody listens on makes it unreachable: ask first. */
export function removeSocketFile(path: string): Result<boolean> {
  const checked = checkSocketFile(path);
  if (!checked.ok) return checked;
  if (checked.value === "absent") return ok(false);
  try {
    unlinkSync(path);
    return ok(true);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return ok(false);
    return fileFailure(`remove ${path}`, error);
  }
}
