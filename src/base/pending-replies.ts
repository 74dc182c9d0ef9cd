// Requests that wait for their answers on one connection, by number.

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class PendingReplies {
  #nextId = 1;
  #waiting = new Map<number, Waiting>();
  #broken: Error | undefined;

  /** The number to send and the promise of its answer. */
  expect(): { id: number; reply: Promise<unknown> } {
    const id = this.#nextId++;
    const reply = new Promise<unknown>((resolve, reject) => {
      if (this.#broken) reject(this.#broken);
      else this.#waiting.set(id, { resolve, reject });
    });
    return { id, reply };
  }

  resolve(id: number, value: unknown): void {
    this.#take(id)?.resolve(value);
  }

  reject(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  /** The connection is gone: everything that waits, and everything asked later, fails with this. */
  failAll(error: Error): void {
    if (this.#broken) return;
    this.#broken = error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
