// Sees to it that the end of a session is told on the disk, also when that is full or fails at the moment: what could not be
// written is tried again, ever more rarely, for a bounded time in which the worker stays. Made by session.ts at the end.

import { type Disposable, timeout } from "../base/disposable.ts";
import { isCausedBy } from "../base/file-failure.ts";
import type { Failure, Result } from "../base/result.ts";

/** There is no event for "space again": asked after a second, then ever more rarely, for ten minutes in all. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
const GIVE_UP_MS = 600_000;

export class LastRecord implements Disposable {
  #writes: readonly (() => Result<unknown>)[];
  readonly #done = Promise.withResolvers<void>();
  #timer: Disposable | undefined;
  #waitedMs = 0;
  #delayMs = FIRST_RETRY_MS;

  /** Called at once, in this order; those whose failure may pass again later. */
  constructor(writes: readonly (() => Result<unknown>)[]) {
    this.#writes = writes;
    this.#try();
  }

  /** Resolves when everything is written, or given up. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Somebody needs the session's files: one more try, then no other. */
  hurry(): void {
    this.#waitedMs = GIVE_UP_MS;
    this.#try();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#done.resolve();
  }

  #try(): void {
    this.#timer?.dispose();
    this.#writes = this.#writes.filter((write) => {
      const written = write();
      return !written.ok && mayPass(written);
    });
    if (this.#writes.length === 0 || this.#waitedMs >= GIVE_UP_MS) return this.#done.resolve();
    this.#timer = timeout(this.#delayMs, () => this.#try());
    this.#waitedMs += this.#delayMs;
    this.#delayMs = Math.min(this.#delayMs * 2, LAST_RETRY_MS);
  }
}

/** No space or descriptor, a device that failed, a disk mounted read-only for a while; a directory that is gone stays gone. */
function mayPass(failure: Failure): boolean {
  const { code } = failure;
  return code === "disk_full" || code === "busy" || isCausedBy(failure, "EIO") || isCausedBy(failure, "EROFS");
}
