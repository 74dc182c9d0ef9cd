// The channels of `wait-for`: a signal wakes everybody who waits, one that came before is not lost, and a channel can be
// locked. A client that goes away gives up its place.

interface Channel {
  woken: boolean;
  locked: boolean;
  waiting: (() => void)[];
  lockers: (() => void)[];
}

export class WaitChannels {
  readonly #byName = new Map<string, Channel>();

  /** Resolves at the next signal, or at once when one came that nobody waited for. `gone`: stops waiting. */
  wait(name: string, gone: Promise<void>): Promise<void> {
    const channel = this.#channel(name);
    if (channel.woken) {
      channel.woken = false;
      this.#drop(name);
      return Promise.resolve();
    }
    return this.#queue(name, channel.waiting, gone);
  }

  signal(name: string): void {
    const channel = this.#channel(name);
    if (channel.waiting.length === 0) channel.woken = true;
    for (const run of channel.waiting.splice(0)) run();
    this.#drop(name);
  }

  /** Resolves when the lock is the caller's. */
  lock(name: string, gone: Promise<void>): Promise<void> {
    const channel = this.#channel(name);
    if (channel.locked) return this.#queue(name, channel.lockers, gone);
    channel.locked = true;
    return Promise.resolve();
  }

  /** False: it was not locked. */
  unlock(name: string): boolean {
    const channel = this.#byName.get(name);
    if (channel === undefined || !channel.locked) return false;
    const next = channel.lockers.shift();
    if (next === undefined) channel.locked = false;
    next?.();
    this.#drop(name);
    return true;
  }

  #channel(name: string): Channel {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const channel: Channel = { woken: false, locked: false, waiting: [], lockers: [] };
    this.#byName.set(name, channel);
    return channel;
  }

  #queue(name: string, queue: (() => void)[], gone: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      queue.push(resolve);
      void gone.then(() => {
        const at = queue.indexOf(resolve);
        if (at < 0) return;
        queue.splice(at, 1);
        this.#drop(name);
        resolve();
      });
    });
  }

  #drop(name: string): void {
    const channel = this.#byName.get(name);
    if (channel === undefined) return;
    const idle = channel.waiting.length === 0 && channel.lockers.length === 0;
    if (idle && !channel.woken && !channel.locked) this.#byName.delete(name);
  }
}
