// Finds and ends the processes of one figure. The rule it keeps: a process is ours only if its command line or its
// environment names the figure's directory, whose name is random; and it is ended by its pid.

import { readdirSync, readFileSync } from "node:fs";

/** The pids whose command line or environment names the directory: only ours, because its name is random. */
export function processesOf(directory: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => ["cmdline", "environ"].some((file) => readProc(`/proc/${entry}/${file}`).includes(directory)))
    .map(Number);
}

function readProc(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return ""; // it ended, or is another user's
  }
}

/** Ends one process of ours, if it is still there. */
export function tryKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
