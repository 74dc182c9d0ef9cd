// Gives the host's memory back once nobody has asked it anything for a while: garbage, compiled code, and the executable's
// code that its start and the last commands used. run-host.ts tells it of every request.

import { type Disposable, timeout } from "../base/disposable.ts";
import { releaseCode } from "../pty/code-pages.ts";

const QUIET_MS = 1500;
/** `Bun.shrink` has done its work by then, with code that is not needed any more. */
const CODE_MS = 300;

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
    Bun.shrink();
    this.#timer = timeout(CODE_MS, () => {
      this.#timer = undefined;
      releaseCode();
    });
  }
}
