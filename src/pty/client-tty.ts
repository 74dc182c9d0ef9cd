// The terminal that a client was started in, reached by a worker past its client: what is printed gets there and keys
// get here in two changes of process less (measured: half of what an echo costs). Used by session/direct-terminal.ts.
// Rules kept: it is exactly the device that the client named, under a description of our own, so that O_NONBLOCK is
// nobody else's; and it is the client's only while that runs in its foreground: the shell's keys are not ours.

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { constants as systemConstants } from "node:os";
import { monotonicMs } from "../base/clock.ts";
import type { Disposable } from "../base/disposable.ts";
import { nameSignal } from "./idle-wait.ts";
import { libc } from "./libc.ts";
import { PLATFORM, POLL } from "./platform.ts";
import { PollNow } from "./poll-now.ts";
import { type ProcStat, parseProcStat, readProcStat, runsInForeground } from "./proc-stat.ts";

/** Who asks for it and which device it is, as fstat(2) of the client says. */
export interface ClientTtyName {
  /** `/dev/pts/3` */
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
  readonly rdev: number;
  /** The client's, which has this terminal as its controlling one. */
  readonly pid: number;
}

/** Ignored by default, as SIGURG is, which tells of the program's own output (idle-wait.ts). */
const SIGNAL = "SIGWINCH";
const SIGNAL_NUMBER = 28;
const { EAGAIN } = systemConstants.errno;
/** A key and its echo ask once (10 us); nobody types in the shell so soon after the client was stopped there. */
const PRESENT_MS = 10;
/** What a terminal types at once is less (a paste comes in pieces of at most this). */
const READ_BYTES = 4096;
/** More than struct termios has (60 bytes). */
const TERMIOS_BYTES = 128;
const TCSANOW = 0;
const TCIFLUSH = 0;

export class ClientTty implements Disposable {
  readonly fd: number;
  readonly #stat: number;
  readonly #client: ProcStat;
  readonly #keys: () => void;
  readonly #line = Buffer.alloc(1024);
  readonly #typed = new Uint8Array(READ_BYTES);
  readonly #poll: PollNow;
  #present = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #listening = false;
  #closed = false;

  private constructor(fd: number, stat: number, client: ProcStat, keys: () => void) {
    this.fd = fd;
    this.#stat = stat;
    this.#client = client;
    this.#keys = keys;
    this.#poll = new PollNow(fd);
  }

  /**
   * `keys` is called when something may have been typed, once `listen` was. Undefined where there is no such terminal for
   * us: another user's (`su`), another container's, one that is not the client's controlling terminal, macOS.
   */
  static open(name: ClientTtyName, keys: () => void): ClientTty | undefined {
    if (PLATFORM.setSignal === null || !name.path.startsWith("/dev/")) return undefined;
    let fd: number | undefined;
    let stat: number | undefined;
    try {
      fd = openSync(name.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
      const { dev, ino, rdev } = fstatSync(fd);
      if (dev === name.dev && ino === name.ino && rdev === name.rdev) {
        stat = openSync(`/proc/${name.pid}/stat`, constants.O_RDONLY);
        const client = readProcStat(name.pid);
        // The numbers of proc(5) are those of makedev(3).
        const tty = client !== null && client.ttyDevice === rdev ? new ClientTty(fd, stat, client, keys) : undefined;
        if (tty?.present) return tty;
      }
    } catch {
      // Somewhere that we cannot see: the client passes everything on.
    }
    if (fd !== undefined) closeSync(fd);
    if (stat !== undefined) closeSync(stat);
    return undefined;
  }

  /** Whether the client runs and is in the foreground of its terminal; known for PRESENT_MS. */
  get present(): boolean {
    const now = monotonicMs();
    if (now - this.#askedAt < PRESENT_MS) return this.#present;
    this.#askedAt = now;
    this.#present = runsInForeground(this.#clientStat());
    return this.#present;
  }

  /**
   * The client has ended and nobody but its parent, a shell mostly, has come to the foreground since: whatever is still
   * switched on here was switched on by the client.
   */
  get deserted(): boolean {
    const client = parseProcStat(this.#clientStat());
    if (client !== null && !client.ended) return false;
    const parent = readProcStat(this.#client.ppid);
    const foreground = (client ?? parent)?.foregroundGroup;
    if (foreground === this.#client.pgid) return true;
    return parent !== null && parent.ttyDevice === this.#client.ttyDevice && parent.pgid === foreground;
  }

  /** The settings that the client found, unless somebody has changed its own since; what was typed meanwhile is dropped. */
  giveBackSettings({ now, before }: { readonly now: Uint8Array; readonly before: Uint8Array }): void {
    const settings = Buffer.alloc(TERMIOS_BYTES);
    if (libc().tcgetattr(this.fd, settings) !== 0 || !settings.equals(now)) return;
    libc().tcflush(this.fd, TCIFLUSH);
    libc().tcsetattr(this.fd, TCSANOW, before);
  }

  /** Writes what the terminal takes at once; returns how much that was, -1: it is gone. */
  write(bytes: Uint8Array): number {
    const count = libc().write(this.fd, bytes, bytes.length);
    if (count >= 0) return count;
    // Full is what it mostly is in a flood.
    if (libc().errno() === EAGAIN) return 0;
    return (this.#poll.events(POLL.out) & (POLL.hangUp | POLL.error)) === 0 ? 0 : -1;
  }

  /** Something was typed and not read, or the terminal is gone. */
  get readable(): boolean {
    return this.#poll.events(POLL.in) !== 0;
  }

  /** What was typed, valid until the next call; empty when there is nothing, or the terminal is gone. */
  read(): Uint8Array {
    const count = libc().read(this.fd, this.#typed, READ_BYTES);
    return this.#typed.subarray(0, Math.max(0, count));
  }

  /** Calls `keys` from now on whenever something is typed. What came before is not told. */
  listen(): void {
    if (this.#listening || this.#closed) return;
    this.#listening = true;
    process.on(SIGNAL, this.#keys);
    nameSignal(this.fd, SIGNAL_NUMBER);
    this.signalled = true;
  }

  unlisten(): void {
    if (!this.#listening) return;
    this.#listening = false;
    process.off(SIGNAL, this.#keys);
    this.signalled = false;
  }

  dispose(): void {
    if (this.#closed) return;
    this.unlisten();
    this.#closed = true;
    closeSync(this.fd);
    closeSync(this.#stat);
  }

  /**
   * Between `listen` and `unlisten`: whether the kernel tells of keys. As long as it does it also tells whenever there is
   * room again after somebody wrote more than fitted: 20,000 times in a flood of 100 MB, for a tenth of the worker's time.
   */
  set signalled(signalled: boolean) {
    const asynchronous = signalled ? PLATFORM.asynchronous : 0;
    libc().fcntl(this.fd, PLATFORM.setFileFlags, constants.O_RDWR | PLATFORM.nonBlocking | asynchronous);
  }

  /** Empty: the client has ended. Its number cannot have become another's: the open file is of this process. */
  #clientStat(): string {
    try {
      return this.#line.toString("latin1", 0, readSync(this.#stat, this.#line, 0, this.#line.length, 0));
    } catch {
      return "";
    }
  }
}
