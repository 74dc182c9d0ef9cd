// The channels of `wait-for`: a signal wakes everybody who waits, one that came before is not lost, and a channel can be
// locked. A client that goes away gives up its place; when the server ends nobody waits any more.

interface Channel {
  woken: boolean;
  locked: boolean;
  waiting: Told[];
  lockers: Told[];
}

/** True: it was one's turn. */
type Told = (come: boolean) => void;

export class WaitChannels {
  readonly #byName = new Map<string, Channel>();
  #ended = false;

  /**
   * Resolves at the next signal, or at once when one came that nobody waited for; to false when the server has ended.
   * `gone`: stops waiting.
   */
  wait(name: string, gone: Promise<void>): Promise<boolean> {
    const channel = this.#channel(name);
    if (channel.woken) {
      channel.woken = false;
      this.#drop(name);
      return Promise.resolve(true);
    }
    return this.#queue(name, channel.waiting, gone);
  }

  signal(name: string): void {
    const channel = this.#channel(name);
    if (channel.waiting.length === 0) channel.woken = true;
    for (const run of channel.waiting.splice(0)) run(true);
    this.#drop(name);
  }

  /** Resolves when the lock is the caller's; to false when the server has ended. */
  lock(name: string, gone: Promise<void>): Promise<boolean> {
    const channel = this.#channel(name);
    if (channel.locked) return this.#queue(name, channel.lockers, gone);
    channel.locked = true;
    return Promise.resolve(true);
  }

  /** False: it was not locked. */
  unlock(name: string): boolean {
    const channel = this.#byName.get(name);
    if (channel === undefined || !channel.locked) return false;
    const next = channel.lockers.shift();
    if (next === undefined) channel.locked = false;
    next?.(true);
    this.#drop(name);
    return true;
  }

  /** The server has ended: there will be no signal. */
  end(): void {
    this.#ended = true;
    const channels = [...this.#byName.values()];
    this.#byName.clear();
    for (const { waiting, lockers } of channels) for (const tell of [...waiting, ...lockers]) tell(false);
  }

  #channel(name: string): Channel {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const channel: Channel = { woken: false, locked: false, waiting: [], lockers: [] };
    this.#byName.set(name, channel);
    return channel;
  }

  #queue(name: string, queue: Told[], gone: Promise<void>): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false);
    return new Promise((resolve) => {
      queue.push(resolve);
      void gone.then(() => {
        const at = queue.indexOf(resolve);
        if (at < 0) return;
        queue.splice(at, 1);
        this.#drop(name);
        resolve(false);
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
