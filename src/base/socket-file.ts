// Answers whether a path is a socket of ours (faults S2). Asked by whoever is about to bind there, to remove what is there,
// or to say the first word to who listens there. A file, a fifo, a link or another user's socket is none.

import { unsafeFile } from "./file-failure.ts";
import { isOurs, kindOf, lookAt, ourUid } from "./file-kind.ts";
import { quickLook } from "./quick-calls.ts";
import { ok, type Result } from "./result.ts";

/** S_IFMT and S_IFSOCK. */
const TYPE = 0o170000;
const SOCKET = 0o140000;

/** `socket`: a socket of ours, alive or not. Anything else that is there is a failure (`unsafe_file`) with its kind. */
export function checkSocketFile(path: string): Result<"socket" | "absent"> {
  const quick = quickLook(path);
  if (quick !== undefined && (quick.mode & TYPE) === SOCKET && quick.uid === ourUid()) return ok("socket");
  const found = lookAt(path);
  if (!found.ok) return found;
  const stats = found.value;
  if (stats === undefined) return ok("absent");
  if (!stats.isSocket()) return unsafeFile(path, "a socket of ours", kindOf(stats));
  if (!isOurs(stats)) return unsafeFile(path, "a socket of ours", `one of uid ${stats.uid} (we are uid ${ourUid()})`);
  return ok("socket");
}
