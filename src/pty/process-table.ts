// A snapshot of all processes of this machine that we may see, for `ps`, `kill` and `doctor`. Used by the host and by
// session-members.ts. Nothing is cached: a row is as old as the call.

import { darwinProcessTable } from "./process-table-darwin.ts";
import { linuxProcessTable } from "./process-table-linux.ts";

/** In snake_case, because `bide ps --json` prints it as it is. */
export interface ProcessRow {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** One letter as ps has it: R, S, D, T, Z, ... */
  readonly state: string;
  /** Over the life of the process, as ps has it. */
  readonly cpu_percent: number;
  readonly rss_kib: number;
  readonly elapsed_s: number;
  /**
   * The arguments with blanks between, or [name] where there are none. As the program wrote it: sanitize to show. Read when
   * it is asked for.
   */
  readonly command: string;
  /** "pts/3", or null. */
  readonly tty: string | null;
  /** As in ProcessIdentity; "" where the platform's ps does not tell. */
  readonly start_time: string;
}

/** `except`: pids that are of no interest; they may be there all the same. */
export function processTable(except?: ReadonlySet<number>): ProcessRow[] {
  return process.platform === "linux" ? linuxProcessTable(except) : darwinProcessTable();
}

/** The process and all below it with their depth, parents first; empty if there is no such process. */
export function descendants(pid: number, table: readonly ProcessRow[] = processTable()): Map<number, number> {
  const children = new Map<number, number[]>();
  for (const row of table) {
    const siblings = children.get(row.ppid);
    if (siblings === undefined) children.set(row.ppid, [row.pid]);
    else siblings.push(row.pid);
  }
  const depths = new Map<number, number>();
  if (!table.some((row) => row.pid === pid)) return depths;
  depths.set(pid, 0);
  for (const [parent, depth] of depths) {
    // A Map visits what is added while it is walked, so this reaches every generation.
    for (const child of children.get(parent) ?? []) if (!depths.has(child)) depths.set(child, depth + 1);
  }
  return depths;
}
