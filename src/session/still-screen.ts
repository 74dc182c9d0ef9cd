// Waits until no cell of the screen has changed for some time, whatever is printed meanwhile: a program may ring,
// move its cursor or draw the same again. The screen is looked at only after output, and at most ten times a second.

import { type Disposable, timeout } from "../base/disposable.ts";
import type { Session } from "./session.ts";
import type { Watched } from "./waits.ts";

/** Between output and the look at it: an eighth of the time, within these bounds. */
const SHORTEST_MS = 10;
const LONGEST_MS = 100;
/** So much between two looks has changed the screen; drawing it to make sure would slow a flood. */
const FLOOD_BYTES = 32 * 1024;

export class StillScreen implements Watched {
  readonly #session: Session;
  readonly #forMs: number;
  readonly #done: () => void;
  readonly #lookMs: number;
  /** When a cell changed last, as far as is known. */
  #changedMs: number;
  #cells: string | undefined;
  #printed = 0;
  #look: Disposable | undefined;
  #end: Disposable | undefined;
  #over = false;

  constructor(session: Session, forMs: number, done: () => void) {
    this.#session = session;
    this.#forMs = forMs;
    this.#done = done;
    this.#lookMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.floor(forMs / 8)));
    // Without output no cell changes, so a screen that was left alone for long enough stands still already.
    this.#changedMs = performance.now() - session.recorder.quietMs;
    if (session.recorder.quietMs < forMs) this.#lookSoon();
    this.#endWhenStill();
  }

  output(length: number): void {
    this.#printed += length;
    this.#lookSoon();
  }

  changed(): void {
    this.#lookSoon();
  }

  dispose(): void {
    this.#over = true;
    this.#look?.dispose();
    this.#end?.dispose();
  }

  #lookSoon(): void {
    this.#look ??= timeout(this.#lookMs, () => void this.#lookNow());
  }

  async #lookNow(): Promise<void> {
    const printed = this.#printed;
    this.#printed = 0;
    const before = this.#cells;
    this.#cells = printed > FLOOD_BYTES ? undefined : (await this.#session.screen.load()).cells();
    this.#look = undefined;
    if (this.#over) return;
    // The first look has nothing to compare with: then it counts when the last output came.
    if (this.#cells === undefined || (before !== undefined && before !== this.#cells)) {
      this.#changedMs = performance.now();
    }
    if (this.#printed > 0) this.#lookSoon();
    this.#endWhenStill();
  }

  /** A look that is due decides by itself; without one nothing changes before the time is over. */
  #endWhenStill(): void {
    this.#end?.dispose();
    this.#end = undefined;
    const left = this.#changedMs + this.#forMs - performance.now();
    if (left <= 0) this.#finish();
    else if (this.#look === undefined) this.#end = timeout(Math.ceil(left), () => this.#endWhenStill());
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#done();
  }
}
