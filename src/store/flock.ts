// flock(2) through bun:ffi, because neither Node nor Bun has it. Called by lock.ts only.
// The lock belongs to the open file: the kernel drops it when the descriptor is closed or its process dies,
// so a kill -9 leaves none behind. Loading takes 0.2 ms and happens at the first lock.

import { dlopen, FFIType, type Pointer, read } from "bun:ffi";
import { fail, ok, type Result } from "../base/result.ts";

const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;

interface Platform {
  /** Tried in this order. */
  readonly libraries: readonly string[];
  /** The function that gives the address of errno. */
  readonly errno: "__errno_location" | "__error";
  /** errno values that mean: this file system has no locks (ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL). */
  readonly noLocks: readonly number[];
}

const PLATFORMS: Record<string, Platform> = {
  linux: {
    libraries: ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"],
    errno: "__errno_location",
    noLocks: [37, 38, 95, 22],
  },
  // Untested: no macOS machine at hand.
  darwin: { libraries: ["libSystem.B.dylib"], errno: "__error", noLocks: [77, 78, 102, 45, 22] },
};

/** Answers 0 or errno. */
type Flock = (fd: number, operation: number) => number;

let flock: Flock | undefined;

/** True when the lock is ours now, false when another open file has it; fails where locks do not work. */
export function flockExclusive(fd: number): Result<boolean> {
  const platform = PLATFORMS[process.platform];
  if (platform === undefined) return fail("failed", `file locks are not known on ${process.platform}`);
  flock ??= load(platform);
  const errno = flock(fd, LOCK_EX | LOCK_NB);
  if (errno === 0) return ok(true);
  if (platform.noLocks.includes(errno)) return fail("failed", `this file system has no locks (errno ${errno})`);
  return ok(false);
}

/** Loads the call now instead of at the first lock. */
export function loadFlock(): void {
  const platform = PLATFORMS[process.platform];
  if (platform !== undefined) flock ??= load(platform);
}

/** Gives the lock up also for copies of the descriptor in other processes, which closing it does not. */
export function unflock(fd: number): void {
  flock?.(fd, LOCK_UN);
}

function load(platform: Platform): Flock {
  const failures: unknown[] = [];
  for (const library of platform.libraries) {
    try {
      const { symbols } = dlopen(library, {
        flock: { args: [FFIType.i32, FFIType.i32], returns: FFIType.i32 },
        [platform.errno]: { args: [], returns: FFIType.ptr },
      });
      const call = symbols.flock as (fd: number, operation: number) => number;
      const errnoAddress = symbols[platform.errno] as () => Pointer | null;
      return (fd, operation) => {
        if (call(fd, operation) === 0) return 0;
        // Errno is read at once; should the runtime have changed it, the answer is "held", the safe one.
        const address = errnoAddress();
        return address === null ? -1 : read.i32(address, 0) || -1;
      };
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "no C library could be opened");
}
