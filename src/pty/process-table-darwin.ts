// The process table out of ps(1) on macOS. UNTESTED there; the parsing is tested on sample lines. Called by
// process-table.ts and session-members.ts.

import { libc } from "./libc.ts";
import type { ProcessRow } from "./process-table.ts";

/** `command` last, because it alone may hold blanks. */
const COLUMNS = "pid=,ppid=,pgid=,stat=,pcpu=,rss=,etime=,tty=,command=";

export function darwinProcessTable(): ProcessRow[] {
  const rows = runPs(["-axww", "-o", COLUMNS])
    .split("\n")
    .flatMap((line) => parsePsLine(line) ?? []);
  return rows.map((row) => ({ ...row, sid: libc().getsid(row.pid) }));
}

/** One line of COLUMNS, or null when it is none. macOS's ps cannot tell the session: getsid has to. */
export function parsePsLine(line: string): ProcessRow | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+([\d.,]+)\s+(\d+)\s+([\d:-]+)\s+(\S+)\s+(.*)$/.exec(line);
  if (match === null) return null;
  const [, pid, ppid, pgid, state, cpu, rss, elapsed, tty, command] = match;
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    pgid: Number(pgid),
    sid: 0,
    state: (state ?? "?").charAt(0),
    cpu_percent: Number((cpu ?? "0").replace(",", ".")),
    rss_kib: Number(rss),
    elapsed_s: parseElapsed(elapsed ?? ""),
    command: command ?? "",
    tty: tty === undefined || tty.startsWith("?") || tty === "-" ? null : tty,
    start_time: "",
  };
}

/** `[[days-]hours:]minutes:seconds` in seconds. */
export function parseElapsed(text: string): number {
  const [clock = "", days = "0"] = text.split("-").reverse();
  const seconds = clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}

/** The pids of our own processes whose environment holds the assignment; ps shows it after the command. */
export function darwinStartedWith(assignment: string): Set<number> {
  const found = new Set<number>();
  for (const line of runPs(["-xEww", "-o", "pid=,command="]).split("\n")) {
    if (`${line} `.includes(` ${assignment} `)) found.add(Number.parseInt(line, 10));
  }
  return found;
}

function runPs(flags: string[]): string {
  const ps = Bun.spawnSync(["/bin/ps", ...flags], { stdin: "ignore", stderr: "ignore" });
  return ps.stdout.toString();
}
