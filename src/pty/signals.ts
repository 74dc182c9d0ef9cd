// Signals to processes that were written down earlier: the identity is checked first, so nobody else's process ever
// gets one. Used by the session's stop and kill, by the host for orphans, and by pty.ts for the foreground.

import { closeSync } from "node:fs";
import { constants } from "node:os";
import { errnoOf } from "../base/errors.ts";
import { bootId, identify, isAlive, isSame, type ProcessIdentity } from "./identity.ts";
import { pidfd } from "./pidfd.ts";
import { readProcStat } from "./proc-stat.ts";
import { processTable } from "./process-table.ts";

/** `gone`: there is no such process (any more), and whoever has its pid now was left alone. */
export type SignalOutcome = "sent" | "gone" | "not_permitted";

/** Sends to one process, and only to this one. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): SignalOutcome {
  // A pidfd stays with its process: the check comes after the open, so no reuse can slip in between.
  const fd = pidfd.open(identity.pid);
  try {
    if (!isAlive(identity)) return "gone";
    if (fd === null) return kill(identity.pid, signal);
    if (pidfd.send(fd, constants.signals[signal])) return "sent";
    return isAlive(identity) ? "not_permitted" : "gone";
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/**
 * Sends to the process group that the process leads. A group outlives its leader, and as long as it has members the
 * kernel gives its number to nobody else: so a dead leader is fine, a pid that somebody else has now is not.
 */
export function signalGroup(leader: ProcessIdentity, signal: NodeJS.Signals): SignalOutcome {
  const now = identify(leader.pid);
  if (now !== null && !isSame(leader, now)) return "gone";
  if (now === null && leader.boot_id !== bootId()) return "gone";
  return kill(-leader.pid, signal);
}

/** Sends to `group` if it lives in the session that `leader` began; the terminal may still name a group long dead. */
export function signalForegroundGroup(
  group: number | null,
  leader: ProcessIdentity,
  signal: NodeJS.Signals,
): SignalOutcome {
  if (group === null) return "gone";
  const isOurs = isLedIn(group, leader) || processTable().some((row) => row.pgid === group && row.sid === leader.pid);
  return isOurs ? kill(-group, signal) : "gone";
}

/** Mostly the leader of a group is still there, and tells without a look at all processes. */
function isLedIn(group: number, { pid }: ProcessIdentity): boolean {
  if (process.platform !== "linux") return false;
  const stat = readProcStat(group);
  return stat !== null && stat.pgid === group && stat.sid === pid;
}

function kill(target: number, signal: NodeJS.Signals): SignalOutcome {
  try {
    process.kill(target, signal);
    return "sent";
  } catch (error) {
    return errnoOf(error) === "EPERM" ? "not_permitted" : "gone";
  }
}
