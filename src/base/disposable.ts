// The one idiom for cleanup: everything that holds a handle, a timer or a listener is Disposable, and an
// owner keeps its parts in a Disposables, which ends them in reverse order, once.

export interface Disposable {
  dispose(): void;
}

export class Disposables implements Disposable {
  #parts: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Takes a part over; a part that arrives after the end is ended at once. */
  add<T extends Disposable>(part: T): T {
    if (this.#disposed) part.dispose();
    else this.#parts.push(part);
    return part;
  }

  /** Registers a function to call at the end. */
  defer(dispose: () => void): void {
    this.add({ dispose });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const parts = this.#parts.reverse();
    this.#parts = [];
    for (const part of parts) part.dispose();
  }
}

/** A timer that is cleared by dispose. `delayMs` in milliseconds of the monotonic clock. */
export function timeout(delayMs: number, run: () => void): Disposable {
  const timer = setTimeout(run, delayMs);
  return { dispose: () => clearTimeout(timer) };
}
