// The C library, opened at the first use and only for the functions that src/pty/ needs. Everything above
// works with the plain functions of `Libc`; the quirks of bun:ffi and of variadic calls end in this file.

import { dlopen, type FFIFunction, FFIType, ptr, read } from "bun:ffi";
import { constants } from "node:os";
import { PLATFORM } from "./platform.ts";

const { i16, i32, i64, u64, ptr: pointer } = FFIType;
const PAD = new Array<number>(PLATFORM.variadicPad).fill(0);
const PAD_TYPES = PAD.map(() => i64);

type Bytes = Uint8Array;
/** A place in memory: a buffer, or an address that the caller keeps alive. */
type Place = Bytes | number;

/** Functions return what C returns: 0 or a count, -1 with errno, or for posix_spawn* the errno itself. */
export interface Libc {
  posix_openpt(flags: number): number;
  grantpt(fd: number): number;
  unlockpt(fd: number): number;
  ptsname_r(fd: number, name: Bytes, size: number): number;
  tcgetattr(fd: number, termios: Bytes): number;
  tcsetattr(fd: number, when: number, termios: Bytes): number;
  tcflush(fd: number, queue: number): number;
  tcgetpgrp(fd: number): number;
  getsid(pid: number): number;
  ioctl(fd: number, request: number, argument: Bytes): number;
  fcntl(fd: number, command: number, argument: number): number;
  poll(fds: Bytes, count: number, timeoutMs: number): number;
  read(fd: number, into: Place, size: number): number;
  write(fd: number, from: Place, size: number): number;
  waitpid(pid: number, status: Bytes, flags: number): number;
  posix_spawn(pid: Bytes, path: Bytes, actions: Bytes, attributes: Bytes, argv: Bytes, envp: Bytes): number;
  posix_spawnattr_init(attributes: Bytes): number;
  posix_spawnattr_destroy(attributes: Bytes): number;
  posix_spawnattr_setflags(attributes: Bytes, flags: number): number;
  posix_spawnattr_setsigdefault(attributes: Bytes, set: Bytes): number;
  posix_spawnattr_setsigmask(attributes: Bytes, set: Bytes): number;
  posix_spawn_file_actions_init(actions: Bytes): number;
  posix_spawn_file_actions_destroy(actions: Bytes): number;
  posix_spawn_file_actions_addopen(actions: Bytes, fd: number, path: Bytes, flags: number, mode: number): number;
  posix_spawn_file_actions_adddup2(actions: Bytes, from: number, to: number): number;
  posix_spawn_file_actions_addchdir_np(actions: Bytes, path: Bytes): number;
  /** Null where the C library has none (musl, macOS, glibc before 2.34). */
  readonly closeFrom: ((actions: Bytes, firstFd: number) => number) | null;
  sched_yield(): number;
  getpagesize(): number;
  errno(): number;
}

const SYMBOLS = {
  posix_openpt: { args: [i32], returns: i32 },
  grantpt: { args: [i32], returns: i32 },
  unlockpt: { args: [i32], returns: i32 },
  ptsname_r: { args: [i32, pointer, u64], returns: i32 },
  tcgetattr: { args: [i32, pointer], returns: i32 },
  tcsetattr: { args: [i32, i32, pointer], returns: i32 },
  tcflush: { args: [i32, i32], returns: i32 },
  tcgetpgrp: { args: [i32], returns: i32 },
  getsid: { args: [i32], returns: i32 },
  ioctl: { args: [i32, u64, ...PAD_TYPES, pointer], returns: i32 },
  fcntl: { args: [i32, i32, ...PAD_TYPES, i64], returns: i32 },
  poll: { args: [pointer, u64, i32], returns: i32 },
  // Counts here stay far below 2^31, so the low word of ssize_t is the whole answer, and a plain number.
  read: { args: [i32, pointer, u64], returns: i32 },
  write: { args: [i32, pointer, u64], returns: i32 },
  waitpid: { args: [i32, pointer, i32], returns: i32 },
  posix_spawn: { args: [pointer, pointer, pointer, pointer, pointer, pointer], returns: i32 },
  posix_spawnattr_init: { args: [pointer], returns: i32 },
  posix_spawnattr_destroy: { args: [pointer], returns: i32 },
  posix_spawnattr_setflags: { args: [pointer, i16], returns: i32 },
  posix_spawnattr_setsigdefault: { args: [pointer, pointer], returns: i32 },
  posix_spawnattr_setsigmask: { args: [pointer, pointer], returns: i32 },
  posix_spawn_file_actions_init: { args: [pointer], returns: i32 },
  posix_spawn_file_actions_destroy: { args: [pointer], returns: i32 },
  posix_spawn_file_actions_addopen: { args: [pointer, i32, pointer, i32, i32], returns: i32 },
  posix_spawn_file_actions_adddup2: { args: [pointer, i32, i32], returns: i32 },
  posix_spawn_file_actions_addchdir_np: { args: [pointer, pointer], returns: i32 },
  sched_yield: { args: [], returns: i32 },
  getpagesize: { args: [], returns: i32 },
  [PLATFORM.errnoSymbol]: { args: [], returns: pointer },
} satisfies Record<string, FFIFunction>;

type AnyFunction = (...words: unknown[]) => number;

let opened: Libc | undefined;

/** The C library of this process; throws only where it lacks one of the functions above. */
export function libc(): Libc {
  opened ??= open();
  return opened;
}

function open(): Libc {
  const raw = dlopen(PLATFORM.libcName, SYMBOLS).symbols as unknown as Record<string, AnyFunction>;
  const symbol = (name: string): AnyFunction => {
    const found = raw[name];
    if (found === undefined) throw new Error(`the C library has no ${name}`);
    return found;
  };
  const ioctl = symbol("ioctl");
  const fcntl = symbol("fcntl");
  const errnoAddress = symbol(PLATFORM.errnoSymbol);
  return {
    ...(raw as unknown as Libc),
    ioctl: (fd, request, argument) => ioctl(fd, request, ...PAD, argument),
    fcntl: (fd, command, argument) => fcntl(fd, command, ...PAD, argument),
    closeFrom: optional("posix_spawn_file_actions_addclosefrom_np", { args: [pointer, i32], returns: i32 }),
    errno: () => read.i32(errnoAddress() as never, 0),
  };
}

/** A function that not every C library has. dlopen refuses the whole table for one missing name, hence apart. */
function optional(name: string, type: FFIFunction): AnyFunction | null {
  try {
    return (
      (dlopen(PLATFORM.libcName, { [name]: type }).symbols as unknown as Record<string, AnyFunction>)[name] ?? null
    );
  } catch {
    return null;
  }
}

/** Text as C reads it: UTF-8 and a closing NUL. The caller has refused text that holds a NUL itself. */
export function cString(text: string): Uint8Array {
  return Buffer.from(`${text}\0`);
}

/** A NULL-ended array of C strings; keep `strings` referenced until the call that uses it is over. */
export function cStrings(words: readonly string[]): { array: Uint8Array; strings: Uint8Array[] } {
  const strings = words.map(cString);
  const addresses = new BigUint64Array(words.length + 1);
  for (const [index, bytes] of strings.entries()) addresses[index] = BigInt(ptr(bytes));
  return { array: new Uint8Array(addresses.buffer), strings };
}

/** Of two names for one number the first counts: EAGAIN, not EWOULDBLOCK. */
const ERRNO_NAMES = new Map(
  Object.entries(constants.errno)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

/** `ENOENT` for 2; the number itself when the platform has no name for it. */
export function errnoName(errno: number): string {
  return ERRNO_NAMES.get(errno) ?? `errno ${errno}`;
}
