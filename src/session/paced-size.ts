// Sizes as an attached terminal reports them while somebody drags its corner: the first counts at once, of those that
// follow only the newest, so that the program gets at most one SIGWINCH per PACE_MS. Made by session.ts. The rule: what a
// client says after a size finds that size set, so frames.ts flushes before everything else.

import { type Disposable, timeout } from "../base/disposable.ts";
import type { ClientSize } from "./attached-client.ts";

/** Faster than a person sees a window redrawn, and less often than most programs need for a repaint. */
const PACE_MS = 25;

export class PacedSize implements Disposable {
  readonly #apply: (size: ClientSize) => void;
  #waiting: ClientSize | undefined;
  #timer: Disposable | undefined;

  constructor(apply: (size: ClientSize) => void) {
    this.#apply = apply;
  }

  /** A size that counts soon, unless a newer one comes before. */
  report(size: ClientSize): void {
    if (this.#timer === undefined) this.now(size);
    else this.#waiting = size;
  }

  /** A size that counts at once: the one that waits is older. */
  now(size: ClientSize): void {
    this.dispose();
    this.#apply(size);
    this.#timer = timeout(PACE_MS, () => {
      this.#timer = undefined;
      this.flush();
    });
  }

  /** Sets the size that waits, if there is one. */
  flush(): void {
    if (this.#waiting !== undefined) this.now(this.#waiting);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#waiting = undefined;
  }
}
