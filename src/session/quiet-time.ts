// Gives memory back after a burst of output, once the session has been quiet: the lines that are kept become
// smaller, and the garbage of the burst goes, and with it the code that was compiled for the burst. The recorder tells
// it of output. Measured, a worker that was sent 10,000 lines: 5 MB less, coloured or plain, 3 of them code.

import { type Disposable, timeout } from "../base/disposable.ts";
import { compileAsUsual, compileRarely } from "../base/jit-policy.ts";
import { giveMemoryBack, releaseCode } from "../pty/code-pages.ts";

/** Less output than this leaves nothing worth collecting. */
const BURST_BYTES = 64 * 1024;
/** After so much, what is worth compiling is compiled: the rest would only be kept, 1 to 2 MB of it (measured). */
const FLOOD_BYTES = 2 * 1024 * 1024;
const QUIET_MS = 1500;
/** The engine's compiler threads end after 10 s without work; what their allocators kept can be had then. */
const THREADS_MS = 12_000;
/** Between two pieces of work keys and sockets are served. */
const PIECE_MS = 20;

export class QuietTime implements Disposable {
  readonly #rest: () => boolean;
  #bytes = 0;
  #lastOutput = 0;
  #timer: Disposable | undefined;
  #late: Disposable | undefined;

  /** `rest` does a piece of work and says whether there is more. */
  constructor(rest: () => boolean) {
    this.#rest = rest;
  }

  /** The program printed so many bytes. */
  output(length: number): void {
    this.#bytes += length;
    if (this.#bytes < BURST_BYTES) return;
    this.#lastOutput = performance.now();
    if (this.#bytes >= FLOOD_BYTES && this.#bytes - length < FLOOD_BYTES) compileRarely();
    if (this.#timer !== undefined) return;
    this.#timer = timeout(QUIET_MS, () => this.#look());
    // A flood needs another part of the executable than the start did.
    releaseCode();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#late?.dispose();
  }

  #look(): void {
    const left = QUIET_MS - (performance.now() - this.#lastOutput);
    if (left > 0) {
      releaseCode();
      return this.#lookIn(left);
    }
    if (this.#rest()) return this.#lookIn(PIECE_MS);
    this.#timer = undefined;
    this.#bytes = 0;
    this.#late?.dispose();
    compileAsUsual();
    this.#late = giveMemoryBack(() => {
      this.#late = timeout(THREADS_MS, () => this.#threadsEnded());
    });
  }

  #threadsEnded(): void {
    Bun.gc(true);
    releaseCode();
  }

  #lookIn(ms: number): void {
    this.#timer = timeout(ms, () => this.#look());
  }
}
