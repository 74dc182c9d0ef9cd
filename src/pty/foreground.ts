// What runs in the foreground of a terminal, as tmux's `pane_current_command` and `pane_current_path` mean it. Called
// by the worker, which holds the terminal; reads the system each time and keeps nothing.

import { readFileSync, readlinkSync } from "node:fs";
import { processTable } from "./process-table.ts";

export interface ForegroundProcess {
  /** Its first argument as it was started with; empty when the system does not tell. */
  readonly command: string;
  /** Its working directory; null when the system does not tell (macOS, somebody else's process). */
  readonly cwd: string | null;
}

/** `pid`: the leader of the foreground group. */
export function foregroundProcess(pid: number): ForegroundProcess {
  if (process.platform !== "linux") {
    const row = processTable().find((one) => one.pid === pid);
    return { command: row?.command.split(" ", 1)[0] ?? "", cwd: null };
  }
  return { command: firstArgument(pid), cwd: directoryOf(pid) };
}

/** Up to the first NUL; the whole file of a process that wrote over its arguments. */
function firstArgument(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0", 1)[0] ?? "";
  } catch {
    return "";
  }
}

function directoryOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
