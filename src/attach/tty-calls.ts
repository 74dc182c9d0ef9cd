// The few calls of libc that a human's terminal needs and no runtime offers exactly: termios as it is, byte for
// byte, and the window size with pixels. Loading them costs 0.3 ms of start-up (measured; process.stdin costs
// 4 ms and restores less). Used by outer-terminal.ts only; never loaded by a command that does not attach.

import { dlopen, FFIType } from "bun:ffi";

const SYMBOLS = {
  tcgetattr: { args: [FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
  tcsetattr: { args: [FFIType.i32, FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
  tcflush: { args: [FFIType.i32, FFIType.i32], returns: FFIType.i32 },
  poll: { args: [FFIType.ptr, FFIType.u64, FFIType.i32], returns: FFIType.i32 },
  write: { args: [FFIType.i32, FFIType.ptr, FFIType.u64], returns: FFIType.i32 },
  fcntl: { args: [FFIType.i32, FFIType.i32, FFIType.i64], returns: FFIType.i32 },
  cfmakeraw: { args: [FFIType.ptr], returns: FFIType.void },
} as const;

const { i32, u64, ptr } = FFIType;
/**
 * ioctl takes its third argument as a variadic one. On 64-bit ARM macOS those are always on the stack, which a
 * ninth argument is too; elsewhere it is passed like any other. Untested on macOS.
 */
const IOCTL = { args: [i32, u64, ptr], returns: i32 } as const;
const IOCTL_VARIADIC = { args: [i32, u64, u64, u64, u64, u64, u64, u64, ptr], returns: i32 } as const;

const DARWIN = process.platform === "darwin";
const CANDIDATES = DARWIN ? ["libSystem.B.dylib"] : ["libc.so.6", `libc.musl-${muslName()}.so.1`, "libc.so"];

/** From the headers of Linux and macOS. */
const TIOCGWINSZ = DARWIN ? 0x40087468 : 0x5413;
const TCSANOW = 0;
const TCIFLUSH = DARWIN ? 1 : 0;

/** More than any struct termios has (60 bytes on Linux, 72 on macOS). */
const TERMIOS_BYTES = 128;

function muslName(): string {
  return process.arch === "arm64" ? "aarch64" : "x86_64";
}

function load() {
  let failure: unknown;
  for (const name of CANDIDATES) {
    try {
      if (DARWIN && process.arch === "arm64") {
        const { symbols } = dlopen(name, { ...SYMBOLS, ioctl: IOCTL_VARIADIC });
        const ioctl = (fd: number, request: number, into: Uint8Array) =>
          symbols.ioctl(fd, request, 0, 0, 0, 0, 0, 0, into);
        return { ...symbols, ioctl };
      }
      return dlopen(name, { ...SYMBOLS, ioctl: IOCTL }).symbols;
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`no C library found (tried ${CANDIDATES.join(", ")})`, { cause: failure });
}

let loaded: ReturnType<typeof load> | undefined;

function libc() {
  loaded ??= load();
  return loaded;
}

/** The terminal's settings as the system keeps them, or undefined when `fd` is no terminal. */
export function readTermios(fd: number): Uint8Array | undefined {
  const termios = new Uint8Array(TERMIOS_BYTES);
  return libc().tcgetattr(fd, termios) === 0 ? termios : undefined;
}

/** Takes effect at once; false when the terminal is gone. */
export function writeTermios(fd: number, termios: Uint8Array): boolean {
  // EINTR may happen once per signal.
  for (let attempt = 0; attempt < 3; attempt += 1) if (libc().tcsetattr(fd, TCSANOW, termios) === 0) return true;
  return false;
}

/** A copy in which every byte passes as it is, both ways: no echo, no signals, no line editing, no translation. */
export function rawTermios(termios: Uint8Array): Uint8Array {
  const raw = termios.slice();
  libc().cfmakeraw(raw);
  return raw;
}

/** Throws away what was typed and not read. */
export function flushTyped(fd: number): void {
  libc().tcflush(fd, TCIFLUSH);
}

/** As the terminal says it, 0 where it does not know; undefined when `fd` is no terminal. */
export function readWindowSize(fd: number): { rows: number; cols: number; xpixel: number; ypixel: number } | undefined {
  const size = new Uint16Array(4);
  if (libc().ioctl(fd, TIOCGWINSZ, new Uint8Array(size.buffer)) !== 0) return undefined;
  const [rows = 0, cols = 0, xpixel = 0, ypixel = 0] = size;
  return { rows, cols, xpixel, ypixel };
}

/** How much of `bytes` was written; -1 when none could be, now or for ever. */
export function writeNow(fd: number, bytes: Uint8Array): number {
  return libc().write(fd, bytes, bytes.length);
}

const POLLIN = 1;
const POLLOUT = 4;

/** Waits at most `ms` until `out` takes more, or there is something to read at `typed`; whether `out` takes more. */
export function waitForRoom(out: number, typed: number, ms: number): boolean {
  const words = new Int32Array([out, POLLOUT, typed, POLLIN]);
  const flags = new Int16Array(words.buffer);
  // What the kernel says is the upper half of the second word: room, or that there is nobody any more.
  return libc().poll(new Uint8Array(words.buffer), 2, ms) > 0 && flags[3] !== 0;
}

/** Whether something lies there to be read, or nothing ever will again. */
export function hasTyped(fd: number): boolean {
  const words = new Int32Array([fd, POLLIN]);
  return libc().poll(new Uint8Array(words.buffer), 1, 0) > 0;
}

/** From the headers of Linux, where alone the kernel is asked to tell of keys. */
const F_SETFL = 4;
const F_SETOWN = 8;
const F_SETSIG = 10;
const SIGURG = 23;
const O_NONBLOCK = 0o4000;
const O_ASYNC = 0o20000;

/** SIGURG to this process whenever something is typed, or not; `fd` must be a description of our own, opened for reading. */
export function signalWhenTyped(fd: number, signalled: boolean): void {
  if (signalled) {
    libc().fcntl(fd, F_SETSIG, SIGURG);
    libc().fcntl(fd, F_SETOWN, process.pid);
  }
  libc().fcntl(fd, F_SETFL, O_NONBLOCK | (signalled ? O_ASYNC : 0));
}
