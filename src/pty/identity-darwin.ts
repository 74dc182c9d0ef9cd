// Start time and boot id on macOS. UNTESTED: written from the SDK headers (sys/proc_info.h, sys/sysctl.h).
// Used by identity.ts only.

import { dlopen, FFIType } from "bun:ffi";
import { cString } from "./libc.ts";
import { PLATFORM } from "./platform.ts";

/** PROC_PIDTBSDINFO fills struct proc_bsdinfo, 136 bytes; the start time is its last two u64. */
const PROC_PIDTBSDINFO = 3;
const BSDINFO_BYTES = 136;
const START_SECONDS = 120;
const START_MICROSECONDS = 128;

let opened: ReturnType<typeof open> | undefined;

function open() {
  const { i32, u64, ptr } = FFIType;
  return dlopen(PLATFORM.libcName, {
    proc_pidinfo: { args: [i32, i32, u64, ptr, i32], returns: i32 },
    sysctlbyname: { args: [ptr, ptr, ptr, ptr, u64], returns: i32 },
  }).symbols;
}

/** Null: no such process; a zombie has no info either. */
export function darwinStartTime(pid: number): string | null {
  opened ??= open();
  const info = Buffer.alloc(BSDINFO_BYTES);
  if (opened.proc_pidinfo(pid, PROC_PIDTBSDINFO, 0n, info, BSDINFO_BYTES) !== BSDINFO_BYTES) return null;
  return `${info.readBigUInt64LE(START_SECONDS)}.${info.readBigUInt64LE(START_MICROSECONDS)}`;
}

export function darwinBootId(): string {
  opened ??= open();
  const text = Buffer.alloc(64);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  if (opened.sysctlbyname(cString("kern.bootsessionuuid"), text, size, null, 0n) !== 0) return "unknown";
  return text.toString("utf8", 0, text.indexOf(0));
}
