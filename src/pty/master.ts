// The master side of one PTY, and our hold on its slave side. Opened by spawn.ts, used by the reader, the
// writer and pty.ts. While the hold is open the PTY cannot hang up, so nothing that was printed can be lost.
// On Linux the master is never blocking; on macOS it blocks for the idle read (idle-wait.ts), except in `write`.

import { ptr } from "bun:ffi";
import { closeSync, constants, openSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { errnoOf } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { errnoName, libc } from "./libc.ts";
import { CLOSE_ON_EXEC, PLATFORM, POLL, SET_FD_FLAGS } from "./platform.ts";
import { PollNow } from "./poll-now.ts";
import { encodeWindowSize, type WindowSize } from "./window-size.ts";

/** How an idle reader learns of new output: see idle-wait.ts. */
export type IdleMode = "signal" | "blocking-read";

export const DEFAULT_IDLE_MODE: IdleMode = PLATFORM.setSignal === null ? "blocking-read" : "signal";

/** `empty`: nothing now; `gone`: nobody holds the slave any more and everything was read. */
export type ReadOutcome = number | "empty" | "gone";
/** `full`: the program has not read what is there; `gone`: nobody can read it any more. */
export type WriteOutcome = number | "full" | "gone";

/** More than any struct termios has (60 bytes on Linux, 72 on macOS). */
const TERMIOS_BYTES = 128;

export class Master implements Disposable {
  readonly fd: number;
  /** `/dev/pts/3`: what `tty` prints inside. */
  readonly path: string;
  readonly idleMode: IdleMode;
  #slave: number | null;
  #closed = false;
  readonly #poll: PollNow;

  constructor(fd: number, slave: number, path: string, idleMode: IdleMode) {
    this.fd = fd;
    this.path = path;
    this.idleMode = idleMode;
    this.#slave = slave;
    this.#poll = new PollNow(fd);
    this.setSignalled(false);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Reads what is there, at most up to the end of `into`; never waits. */
  read(into: Uint8Array, at: number): ReadOutcome {
    if (this.#closed) return "gone";
    if (this.idleMode === "blocking-read" && this.#poll.events(POLL.in) === 0) return "empty";
    const count = libc().read(this.fd, at === 0 ? into : ptr(into) + at, into.length - at);
    if (count > 0) return count;
    // read says EIO for a hang-up and EAGAIN for "nothing yet"; poll tells them apart without errno.
    // On Linux poll first moves what is on its way into the buffer, so its "nothing" can be relied on.
    const events = this.#poll.events(POLL.in);
    if ((events & POLL.in) !== 0) return "empty";
    return (events & (POLL.hangUp | POLL.error)) !== 0 ? "gone" : "empty";
  }

  /** Whether a read would give something or say `gone`. */
  get readable(): boolean {
    return this.#closed || this.#poll.events(POLL.in) !== 0;
  }

  /** Writes as much of `from`, beginning at `at`, as fits now; never waits. */
  write(from: Uint8Array, at: number): WriteOutcome {
    if (this.#closed) return "gone";
    const blocking = this.idleMode === "blocking-read";
    // A blocked idle read that wakes up in this window gets EAGAIN and is simply started again.
    if (blocking) libc().fcntl(this.fd, PLATFORM.setFileFlags, constants.O_RDWR | PLATFORM.nonBlocking);
    const count = libc().write(this.fd, at === 0 ? from : ptr(from) + at, from.length - at);
    if (blocking) libc().fcntl(this.fd, PLATFORM.setFileFlags, constants.O_RDWR);
    if (count >= 0) return count;
    return (this.#poll.events(POLL.out) & POLL.hangUp) !== 0 ? "gone" : "full";
  }

  /** SIGURG to this process at every arrival of output, or not (Linux, mode "signal"). */
  setSignalled(signalled: boolean): void {
    if (this.#closed) return;
    const nonBlocking = this.idleMode === "signal" ? PLATFORM.nonBlocking : 0;
    const asynchronous = signalled ? PLATFORM.asynchronous : 0;
    libc().fcntl(this.fd, PLATFORM.setFileFlags, constants.O_RDWR | nonBlocking | asynchronous);
  }

  /** Sets the size that the program sees; the kernel sends SIGWINCH when it differs. False: already closed. */
  resize(size: WindowSize): boolean {
    return !this.#closed && libc().ioctl(this.fd, PLATFORM.setWindowSize, encodeWindowSize(size)) === 0;
  }

  /** The process group that has the terminal now, or null when there is none. */
  foregroundGroup(): number | null {
    const group = this.#closed ? -1 : libc().tcgetpgrp(this.fd);
    return group > 0 ? group : null;
  }

  /** Whether the kernel edits lines for the program (ICANON): programs with an editor of their own switch it off. */
  lineEditing(): boolean {
    const termios = new Uint8Array(TERMIOS_BYTES);
    if (this.#closed || libc().tcgetattr(this.fd, termios) !== 0) return false;
    return (new DataView(termios.buffer).getUint32(PLATFORM.localFlagsAt, true) & PLATFORM.lineEditing) !== 0;
  }

  /**
   * Ends a blocking read that is under way (mode "blocking-read") by printing a byte that nobody will see: until it
   * returns, the read keeps the master open behind our back and the programs get no hang-up.
   */
  wakeBlockedRead(): void {
    if (this.#closed) return;
    try {
      const slave = openSync(this.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
      libc().write(slave, new Uint8Array(1), 1);
      closeSync(slave);
    } catch {
      // The slave is gone, which ends the read as well.
    }
  }

  /** Lets go of the slave: from now on the PTY hangs up when its last program has closed it. */
  releaseSlave(): void {
    if (this.#slave === null) return;
    closeSync(this.#slave);
    this.#slave = null;
  }

  /** Closes both sides. The kernel tells the programs that are still there with SIGHUP. */
  dispose(): void {
    if (this.#closed) return;
    this.setSignalled(false);
    this.#closed = true;
    this.releaseSlave();
    closeSync(this.fd);
  }
}

/** A fresh PTY of this size, in the state in which a terminal emulator gives it to a shell. */
export function openMaster(size: WindowSize, idleMode: IdleMode = DEFAULT_IDLE_MODE): Result<Master> {
  const c = libc();
  const fd = c.posix_openpt(constants.O_RDWR | constants.O_NOCTTY);
  if (fd < 0) return noPty(errnoName(c.errno()));
  c.fcntl(fd, SET_FD_FLAGS, CLOSE_ON_EXEC);
  const name = Buffer.alloc(128);
  if (c.grantpt(fd) !== 0 || c.unlockpt(fd) !== 0 || c.ptsname_r(fd, name, name.length) !== 0) {
    const reason = errnoName(c.errno());
    closeSync(fd);
    return noPty(reason);
  }
  const path = name.toString("utf8", 0, name.indexOf(0));
  let slave: number;
  try {
    // Bun opens with O_CLOEXEC, so the hold does not leak into the program.
    slave = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  } catch (error) {
    closeSync(fd);
    return noPty(errnoOf(error) ?? String(error), path);
  }
  c.fcntl(slave, SET_FD_FLAGS, CLOSE_ON_EXEC);
  declareUtf8(slave);
  const master = new Master(fd, slave, path, idleMode);
  master.resize(size);
  return ok(master);
}

/** The kernel's defaults are right (echo, ICRNL, ONLCR, erase is DEL) but for UTF-8, which erases whole characters. */
function declareUtf8(slave: number): void {
  const termios = Buffer.alloc(TERMIOS_BYTES);
  if (libc().tcgetattr(slave, termios) !== 0) return;
  termios.writeUInt32LE((termios.readUInt32LE(0) | PLATFORM.inputIsUtf8) >>> 0, 0);
  libc().tcsetattr(slave, 0, termios);
}

function noPty(reason: string, path = "a pseudo-terminal"): Result<Master> {
  return fail("spawn_failed", `expected to open ${path}, got ${reason}`, {
    hint: "the limits are `ulimit -n` and /proc/sys/kernel/pty/max",
  });
}
