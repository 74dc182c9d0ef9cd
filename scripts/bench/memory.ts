// What processes occupy, by /proc/PID/smaps_rollup (Linux only). MB are 1,000,000 bytes.

import { readFileSync } from "node:fs";

const KIB = 1024 / 1e6;

/** Proportional set size: what is shared counts in parts. NaN for a process that is gone or not ours. */
export function pssOf(pid: number): number {
  return field(pid, "Pss");
}

function field(pid: number, name: string): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1]) * KIB;
  } catch {
    return Number.NaN;
  }
}
