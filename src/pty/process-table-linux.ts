// The process table out of /proc (Linux). Called by process-table.ts. A process that ends while we read is left out.

import { readdirSync, readFileSync } from "node:fs";
import { libc } from "./libc.ts";
import { readProcStat } from "./proc-stat.ts";
import type { ProcessRow } from "./process-table.ts";

/** USER_HZ: 100 on every architecture that Bun runs on, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;

/** `except`: pids that are not looked at. Of the processes of a machine a caller wants few: only their commands are read. */
export function linuxProcessTable(except?: ReadonlySet<number>): ProcessRow[] {
  const uptimeS = Number.parseFloat(readFileSync("/proc/uptime", "utf8"));
  // 4, but 16 or 64 on some arm64 kernels.
  const pageKib = libc().getpagesize() / 1024;
  const rows: ProcessRow[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || except?.has(pid)) continue;
    const row = readRow(pid, uptimeS, pageKib);
    if (row !== null) rows.push(row);
  }
  return rows;
}

function readRow(pid: number, uptimeS: number, pageKib: number): ProcessRow | null {
  const stat = readProcStat(pid);
  if (stat === null) return null;
  const elapsed = Math.max(0, uptimeS - Number(stat.startTicks) / TICKS_PER_SECOND);
  const cpu = elapsed > 0 ? (stat.cpuTicks / TICKS_PER_SECOND / elapsed) * 100 : 0;
  return {
    pid,
    ppid: stat.ppid,
    pgid: stat.pgid,
    sid: stat.sid,
    state: stat.state,
    cpu_percent: Math.round(cpu * 10) / 10,
    rss_kib: stat.rssPages * pageKib,
    elapsed_s: Math.floor(elapsed),
    get command() {
      return commandOf(pid) ?? `[${stat.name}]`;
    },
    tty: stat.tty,
    start_time: stat.startTicks,
  };
}

/** Null for kernel threads, zombies and processes that just ended. */
function commandOf(pid: number): string | null {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0+$/, "");
    return words === "" ? null : words.replaceAll("\0", " ");
  } catch {
    return null;
  }
}

/** The value of a variable in the environment that the process was started with. Undefined for other users' too. */
export function startedWithValue(pid: number, name: string): string | undefined {
  try {
    const environment = `\0${readFileSync(`/proc/${pid}/environ`).toString("latin1")}`;
    const at = environment.indexOf(`\0${name}=`);
    if (at < 0) return undefined;
    const from = at + name.length + 2;
    const end = environment.indexOf("\0", from);
    return environment.slice(from, end < 0 ? undefined : end);
  } catch {
    return undefined;
  }
}

/**
 * Whether the environment that the process was started with holds exactly `NAME=value`. Undefined when it cannot be told:
 * another user's process, one that just ended, one that is about to become another program.
 */
export function startedWith(pid: number, assignment: string): boolean | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`);
    if (environment.length === 0) return undefined;
    return `\0${environment.toString("latin1")}`.includes(`\0${Buffer.from(assignment).toString("latin1")}\0`);
  } catch {
    return undefined;
  }
}
