// Whether a process came out of what a shell has begun lately: for a command that would wait for itself. Called by the
// worker for `command.run`. Where the system does not tell (macOS), nobody did.

import { readFileSync } from "node:fs";
import { readProcStat } from "./proc-stat.ts";

const TICKS_PER_SECOND = 100;
/** A start is told in whole ticks, rounded down. */
const ROUNDED_MS = 1000 / TICKS_PER_SECOND;

/** `pid` is the shell itself, or below a child of it that was started within the last `withinMs`. */
export function startedBelow(pid: number, shell: number, withinMs: number): boolean {
  if (pid === shell) return true;
  // The parent of a process may end while we look, and the chain with it: at worst a longer one is walked.
  for (let at = pid, left = LONGEST_CHAIN; left > 0; left -= 1) {
    const stat = readProcStat(at);
    if (stat === null || stat.ppid <= 1) return false;
    if (stat.ppid === shell) return ageMs(stat.startTicks) <= withinMs + ROUNDED_MS;
    at = stat.ppid;
  }
  return false;
}

const LONGEST_CHAIN = 1000;

function ageMs(startTicks: string): number {
  const uptimeS = Number.parseFloat(readFileSync("/proc/uptime", "utf8"));
  return (uptimeS - Number(startTicks) / TICKS_PER_SECOND) * 1000;
}
