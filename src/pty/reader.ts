// Reads one PTY: every byte once, in order, without starving the sockets beside it. pty.ts owns it.
// While output flows it reads for at most BUDGET_MS, then lets the event loop turn; when there is nothing it waits
// without a thread or a timer (idle-wait.ts). Reading no further is the back-pressure: the kernel then stops the program.

import { monotonicMs } from "../base/clock.ts";
import type { Disposable } from "../base/disposable.ts";
import { createIdleWait, type IdleWait } from "./idle-wait.ts";
import { libc } from "./libc.ts";
import type { Master } from "./master.ts";
import { type Outlet, waitForAny } from "./outlet.ts";

export interface ReaderHandlers {
  /** Bytes in order; the array is reused after the call. */
  data(bytes: Uint8Array): void;
  /** Nobody holds the slave any more and the last byte was delivered. */
  gone(): void;
}

/** At 2 ms a turn a socket is answered within 1 ms p50, 6 ms p99 while `yes` floods; more only adds to that. */
const BUDGET_MS = 2;
/** Linux gives at most 4 KiB per read of a PTY; handing over what several reads gave saves calls of the consumer. */
const BUFFER_BYTES = 64 * 1024;
const NOTHING = new Uint8Array(0);
/** What one read of Linux gives at most, less the byte that it may keep back: whoever has printed so much prints on. */
const FLOOD_BYTES = 4095;
/** In a flood the program is mostly about to print on: letting it run is 5 % faster than going to sleep (measured). */
const YIELDS = 3;
/** How long nothing may happen on either side before the event loop turns. */
const WAIT_MS = 1;
/** More than a kernel keeps for one PTY (4 KiB + 8 KiB on Linux): after so much, what a dead leader printed is out. */
const DRAIN_LIMIT = 256 * 1024;

export class PtyReader implements Disposable {
  /** Those for whom output waits: they get their turns between reads. */
  readonly outlets = new Set<Outlet>();
  readonly #master: Master;
  readonly #handlers: ReaderHandlers;
  readonly #wait: IdleWait;
  #buffer: Uint8Array = NOTHING;
  #turnPlanned = false;
  /** Bytes that the last `#gather` read. */
  #gathered = 0;
  #readThisTurn = false;
  #paused = false;
  #stopped = false;
  #reading = false;
  #drain: { left: number; done: () => void } | null = null;

  constructor(master: Master, handlers: ReaderHandlers) {
    this.#master = master;
    this.#handlers = handlers;
    this.#wait = createIdleWait(master, () => this.#wake());
    this.#planTurn();
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Reads no further; at most what one call of `data` was given is already out. */
  pause(): void {
    this.#paused = true;
    this.#wait.disarm();
  }

  resume(): void {
    this.#paused = false;
    this.#planTurn();
  }

  /**
   * The leader is dead: delivers everything that it printed, even while paused (a few KiB, the kernel keeps no more),
   * and calls `done` after the last byte. Later output of others goes on as before, under pause and resume.
   */
  drain(done: () => void): void {
    this.#drain = { left: DRAIN_LIMIT, done };
    this.#planTurn();
  }

  /** Calls the `done` of a drain that does not come to its end. */
  abandonDrain(): void {
    this.#finishDrain();
  }

  /** Looks whether there is something to read or a hang-up, which comes without a signal. */
  check(): void {
    this.#turn();
  }

  /** Gives the buffer back after a burst; the next output gets another. */
  rest(): void {
    if (!this.#reading) this.#buffer = NOTHING;
  }

  /** Reads no more; a drain under way counts as done. */
  dispose(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#wait.dispose();
    this.#finishDrain();
  }

  get #mayRead(): boolean {
    return !this.#stopped && (!this.#paused || this.#drain !== null);
  }

  #planTurn(): void {
    if (this.#turnPlanned || this.#stopped) return;
    this.#turnPlanned = true;
    setImmediate(() => {
      this.#turnPlanned = false;
      this.#turn();
    });
  }

  /**
   * Output came while we were idle: the first time in a turn of the event loop it is read at once, for the echo of
   * a key. Again in the same turn is a flood, and Bun runs such calls until there are none before it looks at the
   * sockets (measured: a socket waited 2 s), so the rest is left to the next turn.
   */
  #wake(): void {
    if (!this.#readThisTurn) return this.#turn();
    this.#goOnLater();
  }

  #turn(): void {
    if (this.#reading) return; // called from inside `data`
    this.#reading = true;
    if (!this.#readThisTurn) setImmediate(() => (this.#readThisTurn = false));
    this.#readThisTurn = true;
    try {
      this.#readForAWhile();
    } finally {
      this.#reading = false;
    }
  }

  #readForAWhile(): void {
    const until = monotonicMs() + BUDGET_MS;
    let yields = 0;
    while (this.#mayRead && !this.#wait.busy) {
      const early = this.#wait.take();
      if (early !== null) this.#deliver(early);
      const outcome = this.#gather();
      if (this.#gathered >= FLOOD_BYTES) yields = YIELDS;
      if (outcome === "gone") return this.#end();
      if (outcome === "empty" && this.outlets.size > 0 && this.#drain === null) {
        if (monotonicMs() > until) return this.#goOnLater();
        waitForAny(this.#master.fd, this.outlets, WAIT_MS);
        this.#drainOutlets();
        continue;
      }
      if (outcome === "empty" && yields > 0 && monotonicMs() < until) {
        yields -= 1;
        libc().sched_yield();
        continue;
      }
      if (outcome === "empty") {
        this.#finishDrain();
        if (!this.#mayRead) return;
        this.#wait.arm();
        if (this.#wait.busy || !this.#master.readable) return;
      } else if (monotonicMs() > until) return this.#goOnLater();
    }
  }

  #goOnLater(): void {
    this.#wait.disarm();
    this.#planTurn();
  }

  #drainOutlets(): void {
    for (const outlet of this.outlets) outlet.drain();
  }

  /** Fills the buffer with what is there and hands it over. `more`: there may be more. */
  #gather(): "more" | "empty" | "gone" {
    if (this.#buffer.length === 0) this.#buffer = new Uint8Array(BUFFER_BYTES);
    let at = 0;
    let last: "more" | "empty" | "gone" = "more";
    while (at < BUFFER_BYTES) {
      const outcome = this.#master.read(this.#buffer, at);
      if (typeof outcome !== "number") {
        last = outcome;
        break;
      }
      at += outcome;
      // An echo is shown before anybody looks for more; who prints much has filled a whole read.
      if (at < FLOOD_BYTES && at === outcome) break;
      if (this.outlets.size > 0) this.#drainOutlets();
      // A flood: what comes now is read in this loop anyway, and each signal of it would cost 10 to 20 us.
      if (at >= FLOOD_BYTES) this.#wait.disarm();
    }
    this.#gathered = at;
    if (at > 0) this.#deliver(this.#buffer.subarray(0, at));
    return last;
  }

  #deliver(bytes: Uint8Array): void {
    this.#handlers.data(bytes);
    if (this.#drain === null) return;
    this.#drain.left -= bytes.length;
    if (this.#drain.left <= 0) this.#finishDrain();
  }

  #finishDrain(): void {
    const drain = this.#drain;
    this.#drain = null;
    drain?.done();
  }

  #end(): void {
    this.#finishDrain();
    if (this.#stopped) return;
    this.dispose();
    this.#handlers.gone();
  }
}
