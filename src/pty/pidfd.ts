// pidfd_open and pidfd_send_signal (Linux 5.3), through syscall(2) because glibc wraps them only since 2.36.
// Used by signals.ts (and the call itself by code-pages.ts). The numbers are the same on every architecture that has been added since 2019, and on x86-64.

import { dlopen, FFIType } from "bun:ffi";
import { PLATFORM } from "./platform.ts";

const PIDFD_OPEN = 434;
const PIDFD_SEND_SIGNAL = 424;

type Syscall = (number: number, a: number, b: number, c: number, d: number) => number;

let opened: Syscall | undefined;

/** syscall(2): -1 with errno, which is not asked for. */
export function syscall(...words: Parameters<Syscall>): number {
  const { i64, i32 } = FFIType;
  opened ??= dlopen(PLATFORM.libcName, { syscall: { args: [i64, i64, i64, i64, i64], returns: i32 } }).symbols
    .syscall as unknown as Syscall;
  return opened(...words);
}

export const pidfd = {
  /** An fd for the process that has this pid now; null: none has it, or the platform has no such thing. */
  open(pid: number): number | null {
    if (process.platform !== "linux" || pid <= 0) return null;
    const fd = syscall(PIDFD_OPEN, pid, 0, 0, 0);
    return fd < 0 ? null : fd;
  },

  /** False: it is gone, or not ours. */
  send(fd: number, signal: number): boolean {
    return syscall(PIDFD_SEND_SIGNAL, fd, signal, 0, 0) === 0;
  },
};
