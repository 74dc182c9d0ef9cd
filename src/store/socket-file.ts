// Answers whether a path is a socket of ours, and removes it only then (faults S2).
// Called by the host and the worker before they bind and when they end. A file, a fifo, a link or another
// user's socket is refused and stays. Between look and removal only we can change it: it lies in a private
// directory that prepare.ts has checked.

import { unlinkSync } from "node:fs";
import { errnoOf } from "../base/errors.ts";
import { fileFailure, unsafeFile } from "../base/file-failure.ts";
import { isOurs, kindOf, lookAt, ourUid } from "../base/file-kind.ts";
import { ok, type Result } from "../base/result.ts";

/** `socket`: a socket of ours, alive or not. Anything else that is there is a failure with its kind. */
export function checkSocketFile(path: string): Result<"socket" | "absent"> {
  const found = lookAt(path);
  if (!found.ok) return found;
  const stats = found.value;
  if (stats === undefined) return ok("absent");
  if (!stats.isSocket()) return unsafeFile(path, "a socket of ours", kindOf(stats));
  if (!isOurs(stats)) return unsafeFile(path, "a socket of ours", `one of uid ${stats.uid} (we are uid ${ourUid()})`);
  return ok("socket");
}

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
