// Where every byte of output goes, in this order: the attached clients get it, the log keeps it at its offset, the screen
// model may look at it. What a program wrapped for tmux is kept as it was printed, and shown
// unwrapped. Nothing here waits for anything: not for a disk, not for a client.

import { type Disposable, timeout } from "../base/disposable.ts";
import type { OutputLog } from "../store/output-log.ts";
import { TmuxPassthrough } from "../terminal/tmux-passthrough.ts";
import type { AttachHub } from "./attach-hub.ts";
import type { EventLog } from "./event-log.ts";
import { QuietTime } from "./quiet-time.ts";
import type { ScreenHolder } from "./screen-holder.ts";

/**
 * One `output` event tells of everything printed within this time, as the log writes it. The journal of a
 * session that prints for days must stay small, so the more events there are, the more each one covers: about
 * 15 MB hold the first 100,000, then a day of steady output adds 13 MB, and later 1.3 MB.
 */
function eventMs(eventsSoFar: number): number {
  if (eventsSoFar < 100_000) return 50;
  return eventsSoFar < 200_000 ? 1000 : 10_000;
}

export class Recorder implements Disposable {
  readonly #log: OutputLog;
  readonly #journal: EventLog;
  readonly #screen: ScreenHolder;
  readonly #hub: AttachHub;
  readonly #passthrough = new TmuxPassthrough();
  readonly #quiet: QuietTime;
  #eventStart = 0;
  #eventTimer: Disposable | undefined;
  #lastOutput = 0;
  #printedMs = performance.now();
  #waiting: (() => void)[] = [];
  /** The session is quiet after a burst: others may give memory back too. */
  onRest: () => void = () => {};

  constructor(log: OutputLog, journal: EventLog, screen: ScreenHolder, hub: AttachHub) {
    this.#log = log;
    this.#journal = journal;
    this.#screen = screen;
    this.#hub = hub;
    this.#quiet = new QuietTime(() => this.#rest());
  }

  /** The offset that the next byte gets: how much the session has printed in its life. */
  get offset(): number {
    return this.#log.offset;
  }

  /** Wall clock of the last output, null before the first. */
  get lastOutputAt(): string | null {
    return this.#lastOutput === 0 ? null : new Date(this.#lastOutput).toISOString();
  }

  /** Milliseconds since the last output, or since this worker began. */
  get quietMs(): number {
    return performance.now() - this.#printedMs;
  }

  /** What the program printed; `bytes` is valid only during the call. */
  output(bytes: Uint8Array): void {
    const held = this.#passthrough.held;
    const shown = this.#passthrough.unwrap(bytes);
    const printed = bytes.length + held - this.#passthrough.held;
    // The clients first: the model may draw at once, and nobody who types should wait for that.
    this.#hub.broadcast(shown, printed);
    const at = this.#log.append(bytes);
    // Only now is it known whether the owner's terminal gets the questions in these bytes: it may just have fallen behind.
    this.#screen.answering = !this.#hub.ownerSees;
    this.#screen.output(shown, printed);
    this.#quiet.output(bytes.length);
    this.#lastOutput = Date.now();
    this.#printedMs = performance.now();
    if (this.#eventTimer === undefined) {
      this.#eventStart = at;
      this.#eventTimer = timeout(eventMs(this.#journal.seq), () => this.#tell());
    }
    if (this.#waiting.length > 0) this.#wake();
  }

  /** Other bytes may be put in here, as far as what is wrapped for tmux is concerned. */
  get betweenSequences(): boolean {
    return this.#passthrough.idle;
  }

  /** Calls `run` once when there is more output or the session is over; dispose to forget. */
  whenOutput(run: () => void): Disposable {
    this.#waiting.push(run);
    return {
      dispose: () => {
        this.#waiting = this.#waiting.filter((other) => other !== run);
      },
    };
  }

  /** Everything recorded so far is in the files. */
  flush(): void {
    this.#tell();
    this.#log.flush();
  }

  /** Wakes everybody who waits: nothing more will come, or the state changed. */
  wake(): void {
    this.#wake();
  }

  dispose(): void {
    this.#tell();
    this.#quiet.dispose();
    this.#log.dispose();
    this.#wake();
  }

  /** A piece of what gives memory back; true while there is more to do. */
  #rest(): boolean {
    if (this.#screen.now?.rest() === true) return true;
    this.#log.rest();
    this.#hub.rest();
    this.onRest();
    return false;
  }

  #tell(): void {
    if (this.#eventTimer === undefined) return;
    this.#eventTimer.dispose();
    this.#eventTimer = undefined;
    this.#journal.append({ event: "output", offset: this.#eventStart, length: this.offset - this.#eventStart });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
  }
}
