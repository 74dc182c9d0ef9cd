// Whether this process can take one more connection: some file descriptors have to stay free for logs, snapshots,
// programs to start and the next accept. Asked by the host and by each worker for every connection, because a process
// without descriptors cannot even say why it answers nobody (faults P13).

import { closeSync, openSync, readFileSync } from "node:fs";

/** A worker writes at most 3 files at a time, a start takes the host 6 for a moment, and those refused need some. */
const SPARE_DESCRIPTORS = 12;
/** `ulimit -n` where the system does not tell: macOS. */
const ASSUMED_LIMIT = 256;

/** The system gives the lowest free number, so that says how far they are used up: about 12 us, however many are open. */
export function hasRoomForConnection(): boolean {
  try {
    const lowest = openSync("/dev/null", "r");
    closeSync(lowest);
    return lowest + SPARE_DESCRIPTORS <= descriptorLimit();
  } catch {
    return false;
  }
}

let limit: number | undefined;

/** The soft limit of open files when it was first asked for. */
export function descriptorLimit(): number {
  limit ??= readLimit();
  return limit;
}

function readLimit(): number {
  try {
    const line = /Max open files\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"));
    return Number(line?.[1] ?? ASSUMED_LIMIT);
  } catch {
    return ASSUMED_LIMIT;
  }
}
