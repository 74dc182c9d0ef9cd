// Who a process is, for longer than its pid lasts: pid, start time and boot. Written into worker.json, compared before
// every signal (signals.ts), so that a number that somebody else got meanwhile is never touched.

import { readFileSync } from "node:fs";
import { darwinBootId, darwinStartTime } from "./identity-darwin.ts";
import { readProcStat } from "./proc-stat.ts";

/** In snake_case, because it is stored as it is. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: ticks after boot. macOS: seconds.microseconds since 1970. Compare as text only. */
  readonly start_time: string;
  /** A UUID that the kernel makes at boot. */
  readonly boot_id: string;
}

/** The process that has this pid now, a zombie included; null: there is none. */
export function identify(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  const start_time = process.platform === "linux" ? readProcStat(pid)?.startTicks : darwinStartTime(pid);
  return start_time === undefined || start_time === null ? null : { pid, start_time, boot_id: bootId() };
}

/** Whether exactly this process runs; one that ended and waits to be reaped counts as dead. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (!isSame(identity, identify(identity.pid))) return false;
  const state = process.platform === "linux" ? readProcStat(identity.pid)?.state : "S";
  return state !== undefined && state !== "Z" && state !== "X";
}

export function isSame(one: ProcessIdentity, other: ProcessIdentity | null): boolean {
  return one.pid === other?.pid && one.start_time === other.start_time && one.boot_id === other.boot_id;
}

let knownBootId: string | undefined;

/** The id of this boot of the machine; of a container: of its host. */
export function bootId(): string {
  knownBootId ??=
    process.platform === "linux" ? readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim() : darwinBootId();
  return knownBootId;
}
