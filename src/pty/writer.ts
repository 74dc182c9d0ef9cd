// Bytes for the program, in order, through a bounded queue. pty.ts owns it; the input owner of a session uses it.
// A program that does not read costs no memory beyond the limit, next to no CPU and never blocks the event loop:
// each attempt is one non-blocking write, and attempts become rarer while nothing moves.

import { ByteQueue } from "../base/byte-queue.ts";
import { type Disposable, timeout } from "../base/disposable.ts";
import type { Master } from "./master.ts";

/** `send` promises that 1 MiB is queued for a program that does not read before the sender has to wait. */
export const WRITE_QUEUE_LIMIT = 1024 * 1024;

/**
 * The kernel tells nobody when a PTY has room again (a master gets no signal for it), so a full one is tried again:
 * after 1 ms, which moves 4 to 12 KiB each time, doubling to 64 ms while nothing moves (16 tries a second: 0.0x % CPU).
 * Output of the program is a better hint than any timer: it is running, so pty.ts calls `retry` then.
 */
const FIRST_RETRY_MS = 1;
const LAST_RETRY_MS = 64;

interface Waiter {
  readonly bytes: number;
  readonly run: () => void;
}

export class PtyWriter implements Disposable {
  readonly #master: Master;
  readonly #queue = new ByteQueue();
  #waiters: Waiter[] = [];
  #timer: Disposable | null = null;
  #delayMs = FIRST_RETRY_MS;
  #ended = false;

  constructor(master: Master) {
    this.#master = master;
  }

  /** Bytes that the program's side of the PTY has not taken yet. */
  get pending(): number {
    return this.#queue.length;
  }

  /** Bytes that `write` takes at once. */
  get room(): number {
    return this.#ended ? 0 : WRITE_QUEUE_LIMIT - this.#queue.length;
  }

  /** Takes all of `bytes` (copied if they have to wait), or nothing and returns false when there is no room for them. */
  write(bytes: Uint8Array): boolean {
    if (bytes.length > this.room) return false;
    if (bytes.length === 0) return true;
    // What waits goes first; a queue that is not empty has a retry under way already.
    const written = this.#queue.length === 0 ? this.#push(bytes) : 0;
    if (written < bytes.length && !this.#ended) {
      this.#queue.push(bytes.slice(written));
      this.#planRetry();
    }
    return true;
  }

  /**
   * Calls `run` once, later, when `bytes` fit (more than the limit: when the queue is empty) or the PTY is gone.
   * Waiters are served in order, each only while there is room for it.
   */
  whenRoom(bytes: number, run: () => void): Disposable {
    const waiter: Waiter = { bytes: Math.min(bytes, WRITE_QUEUE_LIMIT), run };
    this.#waiters.push(waiter);
    setImmediate(() => this.#serveWaiters());
    return {
      dispose: () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
      },
    };
  }

  /** There is reason to believe that the program reads: try now. */
  retry(): void {
    if (this.#queue.length > 0) this.#flush();
  }

  /** Drops what waits and releases everybody who waits for room. */
  dispose(): void {
    this.#ended = true;
    this.#timer?.dispose();
    this.#timer = null;
    this.#queue.clear();
    this.#serveWaiters();
  }

  #flush(): void {
    let moved = false;
    for (let chunk = this.#queue.peek(); chunk !== undefined; chunk = this.#queue.peek()) {
      const written = this.#push(chunk);
      if (this.#ended) return;
      this.#queue.drop(written);
      moved ||= written > 0;
      if (written < chunk.length) break;
    }
    if (moved) {
      this.#delayMs = FIRST_RETRY_MS;
      this.#serveWaiters();
    }
    if (this.#queue.length > 0) this.#planRetry();
  }

  /** How much of `bytes` went out. */
  #push(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length) {
      const outcome = this.#master.write(bytes, at);
      if (outcome === "gone") this.dispose();
      if (typeof outcome !== "number" || outcome === 0) break;
      at += outcome;
    }
    return at;
  }

  #planRetry(): void {
    if (this.#timer !== null || this.#ended) return;
    this.#timer = timeout(this.#delayMs, () => {
      this.#timer = null;
      this.#delayMs = Math.min(this.#delayMs * 2, LAST_RETRY_MS);
      this.#flush();
    });
  }

  #serveWaiters(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      if (!this.#ended && first.bytes > this.room) return;
      this.#waiters.shift();
      first.run();
    }
  }
}
