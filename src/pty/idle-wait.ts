// How a reader with nothing to read learns that there is something again, without polling. Used by reader.ts.
//
// "signal" (Linux): the kernel sends SIGURG when output arrives (O_ASYNC with F_SETSIG). Nothing is consumed, no
// thread is held, and SIGURG is ignored by default, so that one that comes late ends nobody. Echo p50 is 64 to 75 us
// against 76 us for the blocking read, and several PTYs in one process do not wait for each other.
// "blocking-read" (macOS, whose PTY masters send no signal): one asynchronous read of the blocking master. It holds
// one of the two threads of Bun's pool, and what it has read comes back through `take`.

import { read } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { libc } from "./libc.ts";
import type { Master } from "./master.ts";
import { PLATFORM } from "./platform.ts";

export interface IdleWait extends Disposable {
  /** True while a read is under way in another thread: nobody else may read then, or the order is lost. */
  readonly busy: boolean;
  /** Asks for a call of `ready`; the caller then looks once more, for what came just before. */
  arm(): void;
  /** No call is wanted any more; one may still come. */
  disarm(): void;
  /** Bytes that the waiting itself has read, once; they come before everything still in the PTY. */
  take(): Uint8Array | null;
}

export function createIdleWait(master: Master, ready: () => void): IdleWait {
  return master.idleMode === "signal" ? new SignalWait(master, ready) : new BlockingReadWait(master, ready);
}

class SignalWait implements IdleWait {
  readonly busy = false;
  readonly #master: Master;
  readonly #ready: () => void;
  #armed = false;

  constructor(master: Master, ready: () => void) {
    this.#master = master;
    this.#ready = ready;
    process.on("SIGURG", ready);
    nameSignal(master.fd, SIGURG);
  }

  arm(): void {
    if (!this.#armed) this.#master.setSignalled(true);
    this.#armed = true;
  }

  disarm(): void {
    if (this.#armed) this.#master.setSignalled(false);
    this.#armed = false;
  }

  take(): null {
    return null;
  }

  dispose(): void {
    this.disarm();
    process.off("SIGURG", this.#ready);
  }
}

/** On Linux; os.constants would load the whole table for one number. */
const SIGURG = 23;

/** The signal that this process gets about `fd` while O_ASYNC is set on it. Linux. */
export function nameSignal(fd: number, signal: number): void {
  libc().fcntl(fd, PLATFORM.setSignal ?? 0, signal);
  libc().fcntl(fd, PLATFORM.setOwner, process.pid);
}

const IDLE_READ_BYTES = 4096;

class BlockingReadWait implements IdleWait {
  readonly #master: Master;
  readonly #ready: () => void;
  readonly #buffer = new Uint8Array(IDLE_READ_BYTES);
  #busy = false;
  #taken: Uint8Array | null = null;

  constructor(master: Master, ready: () => void) {
    this.#master = master;
    this.#ready = ready;
  }

  get busy(): boolean {
    return this.#busy;
  }

  arm(): void {
    if (this.#busy || this.#taken !== null) return;
    this.#busy = true;
    read(this.#master.fd, this.#buffer, 0, this.#buffer.length, null, (_error, count) => {
      this.#busy = false;
      // An error is a hang-up (EIO) or a spurious EAGAIN from the window in `Master.write`: the reader looks itself.
      if (count > 0) this.#taken = this.#buffer.subarray(0, count);
      this.#ready();
    });
  }

  disarm(): void {}

  take(): Uint8Array | null {
    const taken = this.#taken;
    this.#taken = null;
    return taken;
  }

  dispose(): void {
    if (this.#busy) this.#master.wakeBlockedRead();
  }
}
