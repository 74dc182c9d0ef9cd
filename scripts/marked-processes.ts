// Finds the living processes that a test file started, by the mark in their environment; called by run-test-file.ts.
// Processes inherit the mark however far they move away (setsid, double fork), unless somebody clears their
// environment; test/support/sandbox.ts does, and looks after its own.

import { readdirSync, readFileSync } from "node:fs";
import { textOf } from "./checkout.ts";

export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** `mark` is NAME=VALUE. A zombie has no environment any more and does not count. macOS untested. */
export function markedProcesses(mark: string): MarkedProcess[] {
  return process.platform === "linux" ? fromProc(mark) : fromPs(mark);
}

function fromProc(mark: string): MarkedProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark)) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() }];
    } catch {
      // Somebody else's, or gone meanwhile.
      return [];
    }
  });
}

function fromPs(mark: string): MarkedProcess[] {
  const lines = textOf(["ps", "-axEww", "-o", "pid=,command="]).split("\n");
  return lines
    .filter((line) => line.includes(mark))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().slice(0, 200) }));
}
