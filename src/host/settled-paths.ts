// Which runtime directory a host uses. The rule: the recorded one as long as sockets of workers are in it, whatever the
// environment says now; nobody could reach them from another.

import { holdsSockets, recordedLocations } from "../base/recorded-locations.ts";
import type { Paths } from "../store/paths.ts";
import { removeSocketFile } from "../store/socket-file.ts";

/** `own`: as the environment says. The caller holds the host's lock. */
export function settledPaths(own: Paths): Paths {
  const recorded = recordedLocations(own);
  if (recorded === undefined) return own;
  // The lock is ours, so its host is dead: nobody must take it for the one that comes.
  removeSocketFile(recorded.hostSocket);
  return holdsSockets(recorded) ? { ...own, ...recorded } : own;
}
