// Which runtime directory the next host of a state directory uses. The rule: the one in which its workers listen that
// still live, whatever the environment says now; nobody could reach them from another.

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isIdShaped } from "../base/ids.ts";
import { recordedLocations } from "../base/recorded-locations.ts";
import { isAlive } from "../pty/identity.ts";
import type { Paths } from "../store/paths.ts";
import { removeSocketFile } from "../store/socket-file.ts";
import { readWorkerRecord } from "./entry-files.ts";

/** `own`: as the environment says. The caller holds the host's lock. */
export function settledPaths(own: Paths): Paths {
  const recorded = recordedLocations(own);
  if (recorded === undefined) return own;
  if (isListenedIn(own.sessions, recorded.runtimeDir)) return { ...own, ...recorded };
  // Of a host that is dead: nobody must take it for the one that comes.
  removeSocketFile(recorded.hostSocket);
  return own;
}

/** The same for who only looks: also where a host listens now. */
export function pathsInUse(own: Paths): Paths {
  const recorded = recordedLocations(own);
  if (recorded === undefined || existsSync(own.hostSocket)) return own;
  const isUsed = existsSync(recorded.hostSocket) || isListenedIn(own.sessions, recorded.runtimeDir);
  return isUsed ? { ...own, ...recorded } : own;
}

/** Whether a worker lives whose socket is in this directory. */
function isListenedIn(sessions: string, runtimeDir: string): boolean {
  return idsIn(sessions).some((id) => {
    const record = readWorkerRecord(join(sessions, id, "worker.json"));
    return record !== undefined && dirname(record.socket) === runtimeDir && isAlive(record.worker);
  });
}

/** Ids of the sessions in a directory of them. */
export function idsIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter(isIdShaped);
  } catch {
    return [];
  }
}
