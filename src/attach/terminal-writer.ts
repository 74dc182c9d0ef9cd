// Writes to a terminal or a pipe without ever blocking the event loop, so that the detach key and signals work
// while the other side does not read. Used by attach-terminal.ts and attach-stream.ts. A write that the system takes
// at once is one system call. When it takes no more, room is awaited in short looks as long as the terminal reads;
// else one blocking write waits in a thread of the runtime's pool, which costs more per byte and nothing per second.
// What waits is bounded by its user: `onFull` and `onRoom` are for pause and resume.

import { write } from "node:fs";
import { ByteQueue } from "../base/byte-queue.ts";
import { monotonicMs } from "../base/clock.ts";
import { errnoOf } from "../base/errors.ts";

/** A description of a terminal that never blocks. */
export interface DirectOutput {
  /** Writes what fits now, from the front; returns how much. Throws when nobody reads any more. */
  write(bytes: Uint8Array): number;
  /** Waits at most `ms` until more fits; false when it does not, or something else is to be done first. */
  hasRoom(ms: number): boolean;
}

export interface WriterOptions {
  /** Blocking, or whatever it is: written only from the pool. */
  readonly fd: number;
  /** The same thing, for writes that succeed at once; without it all wait. */
  readonly direct?: DirectOutput;
  /** Sees every byte after it was written, in order. */
  onWritten?(bytes: Uint8Array): void;
  /** HIGH_WATER bytes wait. */
  onFull?(): void;
  /** After onFull: less than LOW_WATER waits. */
  onRoom?(): void;
  /** Nobody reads any more (EPIPE, EIO, ...): nothing more will be written. */
  onGone?(errno: string): void;
}

/** A quarter of what the worker queues for a client before it counts as behind (1 MiB). */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 64 * 1024;
/** What one waiting write takes: more than a tty buffers (12 KiB measured), little enough to leave quickly. */
const PIECE = 16 * 1024;
/** As long as one look keeps the event loop from turning; what is typed ends it at once. */
const LOOK_MS = 2;
/** A terminal that has taken nothing for so long draws slowly, or is stopped: no more looks. */
const STUCK_MS = 20;

export class TerminalWriter {
  readonly #options: WriterOptions;
  readonly #queue = new ByteQueue();
  /** What comes after #queue, each part behind bytes that are made when its turn comes; empty when #queue is. */
  #parts: { readonly make: () => Uint8Array; readonly queue: ByteQueue }[] = [];
  #inPool = false;
  #looking = false;
  /** When the terminal last took something; on the clock of `monotonicMs`. */
  #takenAt = 0;
  #full = false;
  #gone = false;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Between onFull and onRoom. */
  get full(): boolean {
    return this.#full;
  }

  /** Bytes that are not written yet. */
  get waiting(): number {
    return this.#parts.reduce((sum, { queue }) => sum + queue.length, this.#queue.length);
  }

  /** Writes in order; `bytes` may be changed by the caller afterwards. */
  write(bytes: Uint8Array): void {
    if (this.#gone || bytes.length === 0) return;
    const rest = this.#queue.length > 0 ? bytes : this.#writeSoon(bytes);
    if (rest.length === 0 || this.#gone) return;
    (this.#parts.at(-1)?.queue ?? this.#queue).push(rest.slice());
    this.#next();
    if (!this.#full && this.waiting >= HIGH_WATER) {
      this.#full = true;
      this.#options.onFull?.();
    }
  }

  /** Writes what `make` returns, which is asked once everything before has been written and seen by `onWritten`. */
  writeMade(make: () => Uint8Array): void {
    if (this.#queue.length === 0) this.write(make());
    else this.#parts.push({ make, queue: new ByteQueue() });
  }

  /** Resolves when nothing waits any more, or nobody reads any more. */
  drained(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  /** Drops what waits, but for the piece that the pool has already. */
  discard(): void {
    const first = this.#inPool ? this.#queue.peek()?.slice(0, PIECE) : undefined;
    this.#clear();
    if (first !== undefined) this.#queue.push(first);
  }

  /** Waits a little for a terminal that reads: what need not wait need not be copied. Returns what was not taken. */
  #writeSoon(bytes: Uint8Array): Uint8Array {
    let rest = this.#writeDirect(bytes);
    if (rest.length === 0 || rest.length === bytes.length) return rest;
    const until = monotonicMs() + LOOK_MS;
    while (rest.length > 0 && this.#options.direct?.hasRoom(LOOK_MS) && monotonicMs() < until)
      rest = this.#writeDirect(rest);
    return rest;
  }

  /** Returns what was not taken. */
  #writeDirect(bytes: Uint8Array): Uint8Array {
    const { direct } = this.#options;
    if (direct === undefined) return bytes;
    try {
      const count = direct.write(bytes);
      if (count === 0) return bytes;
      this.#takenAt = monotonicMs();
      this.#options.onWritten?.(bytes.subarray(0, count));
      return bytes.subarray(count);
    } catch (error) {
      this.#lose(error);
      return bytes;
    }
  }

  /** Has somebody wait until there is room. */
  #next(): void {
    if (this.#inPool || this.#looking || this.#gone || this.#queue.length === 0) return;
    if (this.#options.direct !== undefined && monotonicMs() - this.#takenAt < STUCK_MS) this.#lookSoon();
    else this.#writeInPool();
  }

  #lookSoon(): void {
    this.#looking = true;
    setImmediate(() => {
      this.#looking = false;
      const until = monotonicMs() + LOOK_MS;
      while (this.#queue.length > 0 && this.#options.direct?.hasRoom(LOOK_MS) && monotonicMs() < until)
        this.#writeWaiting();
      this.#wentOn();
    });
  }

  #writeInPool(): void {
    const piece = this.#queue.peek()?.subarray(0, PIECE) as Uint8Array;
    this.#inPool = true;
    write(this.#options.fd, piece, 0, piece.length, null, (error, count) => {
      this.#inPool = false;
      if (error === null) {
        const written = piece.subarray(0, count);
        this.#options.onWritten?.(written);
        this.#queue.drop(written.length);
        this.#takenAt = monotonicMs();
        this.#writeWaiting();
        this.#wentOn();
      }
      // A pipe that somebody else made non-blocking: nothing tells when it has room.
      else if (errnoOf(error) === "EAGAIN") setTimeout(() => this.#next(), 5);
      else this.#lose(error);
    });
  }

  /** As much of what waits as the terminal takes at once. */
  #writeWaiting(): void {
    for (let chunk = this.#head(); chunk !== undefined; chunk = this.#head()) {
      const rest = this.#writeDirect(chunk);
      this.#queue.drop(chunk.length - rest.length);
      if (rest.length > 0) break;
    }
  }

  /** After some of what waited was written. */
  #wentOn(): void {
    if (this.#full && this.waiting <= LOW_WATER) {
      this.#full = false;
      this.#options.onRoom?.();
    }
    if (this.#queue.length > 0) this.#next();
    else this.#settle();
  }

  /** The next bytes to write; the next part's turn has come when there are none. */
  #head(): Uint8Array | undefined {
    for (let part = this.#parts[0]; part !== undefined && this.#queue.length === 0; part = this.#parts[0]) {
      this.#parts.shift();
      const made = part.make();
      if (made.length > 0) this.#queue.push(made);
      for (let chunk = part.queue.peek(); chunk !== undefined; chunk = part.queue.peek()) {
        this.#queue.push(chunk);
        part.queue.drop(chunk.length);
      }
    }
    return this.#queue.peek();
  }

  #clear(): void {
    this.#queue.clear();
    this.#parts = [];
  }

  #lose(error: unknown): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#clear();
    this.#settle();
    this.#options.onGone?.(errnoOf(error) ?? "EIO");
  }

  #settle(): void {
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}
