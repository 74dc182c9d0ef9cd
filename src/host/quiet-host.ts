// Gives the host's memory back once nobody has asked it anything for a while: garbage, compiled code, and the executable's
// code that its start and the last commands used. run-host.ts tells it of every request.

import { type Disposable, timeout } from "../base/disposable.ts";
import { giveMemoryBack } from "../pty/code-pages.ts";

const QUIET_MS = 1500;

export class QuietHost implements Disposable {
  #askedAt = 0;
  #timer: Disposable | undefined;

  /** Somebody asked something. */
  asked(): void {
    this.#askedAt = performance.now();
    this.#timer ??= timeout(QUIET_MS, () => this.#look());
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #look(): void {
    const left = QUIET_MS - (performance.now() - this.#askedAt);
    if (left > 0) {
      this.#timer = timeout(left, () => this.#look());
      return;
    }
    this.#timer = giveMemoryBack(() => {
      this.#timer = undefined;
    });
  }
}
