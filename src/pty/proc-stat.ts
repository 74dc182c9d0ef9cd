// One line of /proc/PID/stat (Linux), the kernel's own summary of a process. Read by identity.ts and by the process
// table; proc(5) gives the order of the fields.

import { readFileSync } from "node:fs";

export interface ProcStat {
  readonly pid: number;
  /** R, S, D, T, t, Z (ended, not reaped), X, I. */
  readonly state: string;
  /** It has ended, or is about to and runs no instruction of its own any more. */
  readonly ended: boolean;
  readonly name: string;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** "pts/3" or null. */
  readonly tty: string | null;
  /** The same as a number, like st_rdev; 0: none. */
  readonly ttyDevice: number;
  /** The process group in the foreground of that terminal; -1: none. */
  readonly foregroundGroup: number;
  /** Ticks of the processor used, in user and kernel mode. */
  readonly cpuTicks: number;
  /** Ticks after boot, as text: a counter of 64 bits. */
  readonly startTicks: string;
  readonly rssPages: number;
}

/** In the kernel's include/linux/sched.h. */
const PF_EXITING = 4;

/** Null: there is no such process (any more). */
export function readProcStat(pid: number): ProcStat | null {
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return null;
  }
}

/** The name is in parentheses and may itself hold spaces and parentheses: the last one ends it. */
export function parseProcStat(line: string): ProcStat | null {
  const open = line.indexOf("(");
  const close = line.lastIndexOf(")");
  if (open < 0 || close < open) return null;
  // Field 3 (state) is words[0], so field n is words[n - 3].
  const words = line
    .slice(close + 2)
    .trimEnd()
    .split(" ");
  const field = (number: number): number => Number(words[number - 3]);
  const startTicks = words[22 - 3];
  if (startTicks === undefined) return null;
  return {
    pid: Number(line.slice(0, open)),
    name: line.slice(open + 1, close),
    state: words[0] ?? "?",
    ended: words[0] === "Z" || words[0] === "X" || (field(9) & PF_EXITING) !== 0,
    ppid: field(4),
    pgid: field(5),
    sid: field(6),
    tty: ttyName(field(7)),
    ttyDevice: field(7),
    foregroundGroup: field(8),
    cpuTicks: field(14) + field(15),
    startTicks,
    rssPages: field(24),
  };
}

/** A state in which it runs, then the group that it is in and, as the last, the same for the one in the foreground. */
const IN_FOREGROUND = /^\) [RSD] \d+ (\d+) \d+ \d+ \1 /;

/** Of the same line only whether the process runs in the foreground of its terminal: a quarter of the time (4 us). */
export function runsInForeground(line: string): boolean {
  return IN_FOREGROUND.test(line.slice(line.lastIndexOf(")")));
}

/** Device numbers of Unix98 PTYs: majors 136 to 143, 256 minors each of the lower byte, the rest above bit 20. */
function ttyName(device: number): string | null {
  if (device === 0) return null;
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  return major === 4 && minor < 64 ? `tty${minor}` : `${major}:${minor}`;
}
