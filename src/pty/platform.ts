// The numbers that differ between platforms, in one table each. Read by libc.ts, spawn.ts and master.ts.
// Linux values were printed by a C program on x86-64 glibc 2.36 (musl and arm64 share them); the macOS
// values are those of its SDK headers and are UNTESTED: nothing of bide has run there yet.

export interface PlatformConstants {
  /** What to hand to dlopen. musl answers to the glibc name too: its loader maps every "libc.*" to itself. */
  readonly libcName: string;
  /** The function that gives the address of errno. */
  readonly errnoSymbol: string;
  /**
   * Filler words before the variadic arguments of ioctl and fcntl. Apple's arm64 convention passes variadic
   * arguments on the stack only, so the six free argument registers have to be used up first.
   */
  readonly variadicPad: number;
  /** TIOCSWINSZ: sets struct winsize (rows, columns, x and y pixels as u16). */
  readonly setWindowSize: number;
  readonly setFileFlags: number;
  readonly setOwner: number;
  readonly nonBlocking: number;
  readonly asynchronous: number;
  /** F_SETSIG, which exists on Linux only; null: no readiness signal for a PTY master. */
  readonly setSignal: number | null;
  /** POSIX_SPAWN_SETSID | SETSIGDEF | SETSIGMASK, and on macOS CLOEXEC_DEFAULT. */
  readonly spawnFlags: number;
  /** IUTF8 in the low word of termios.c_iflag, which is the first field everywhere. */
  readonly inputIsUtf8: number;
  /** Offset of termios.c_lflag, and ICANON in its low word. */
  readonly localFlagsAt: number;
  readonly lineEditing: number;
  /** posix_spawn resolves a relative program before it changes directory (a macOS fault): make it absolute. */
  readonly spawnNeedsAbsolutePath: boolean;
}

const LINUX: PlatformConstants = {
  libcName: "libc.so.6",
  errnoSymbol: "__errno_location",
  variadicPad: 0,
  setWindowSize: 0x5414,
  setFileFlags: 4,
  setOwner: 8,
  nonBlocking: 0x800,
  asynchronous: 0x2000,
  setSignal: 10,
  spawnFlags: 0x80 | 0x04 | 0x08,
  inputIsUtf8: 0x4000,
  localFlagsAt: 12,
  lineEditing: 0x2,
  spawnNeedsAbsolutePath: false,
};

/** Untested. */
const DARWIN: PlatformConstants = {
  libcName: "libSystem.B.dylib",
  errnoSymbol: "__error",
  variadicPad: process.arch === "arm64" ? 6 : 0,
  setWindowSize: 0x80087467,
  setFileFlags: 4,
  setOwner: 6,
  nonBlocking: 0x4,
  asynchronous: 0x40,
  setSignal: null,
  spawnFlags: 0x0400 | 0x04 | 0x08 | 0x4000,
  inputIsUtf8: 0x4000,
  localFlagsAt: 24,
  lineEditing: 0x100,
  spawnNeedsAbsolutePath: true,
};

export const PLATFORM: PlatformConstants = process.platform === "darwin" ? DARWIN : LINUX;

/** The same on every platform that bide runs on: <poll.h>, <sys/wait.h>, <fcntl.h>. */
export const POLL = { in: 1, out: 4, error: 8, hangUp: 16 } as const;
export const WAIT_NO_HANG = 1;
export const SET_FD_FLAGS = 2;
export const CLOSE_ON_EXEC = 1;
