// The paste buffers of a server: those with names that commands gave, and automatic ones (`buffer0`) of which only the
// newest are kept. `list-buffers` shows the newest first.

export interface PasteBuffer {
  name: string;
  data: Uint8Array;
  /** Greater is newer. */
  order: number;
  readonly automatic: boolean;
  /** Seconds since 1970. */
  readonly createdAt: number;
}

/** However many are asked for: what is pasted stays in memory and in the record. */
const MOST_BYTES = 64 << 20;

export class PasteBuffers {
  readonly #byName = new Map<string, PasteBuffer>();
  #order = 0;
  #number = 0;

  /** Newest first. */
  get all(): readonly PasteBuffer[] {
    return [...this.#byName.values()].sort((a, b) => b.order - a.order);
  }

  get(name: string): PasteBuffer | undefined {
    return this.#byName.get(name);
  }

  /** The newest automatic one: what commands without -b mean. */
  get top(): PasteBuffer | undefined {
    return this.all.find((buffer) => buffer.automatic);
  }

  /** Adds an automatic one; empty data is none. `limit`: how many automatic ones are kept. */
  add(data: Uint8Array, limit: number): string | undefined {
    if (data.length === 0) return undefined;
    const automatic = this.all.filter((buffer) => buffer.automatic);
    for (const old of automatic.slice(Math.max(0, limit - 1))) this.#byName.delete(old.name);
    let name: string;
    do {
      name = `buffer${this.#number}`;
      this.#number += 1;
    } while (this.#byName.has(name));
    this.#put(name, data, true);
    return name;
  }

  /** Makes or replaces the one of that name. */
  set(name: string, data: Uint8Array): void {
    if (data.length === 0) return;
    this.#put(name, data, false);
  }

  /** Gives another name; one that had it is gone. */
  rename(buffer: PasteBuffer, name: string): void {
    this.#byName.delete(buffer.name);
    this.#byName.set(name, { ...buffer, name, automatic: false });
  }

  delete(name: string): void {
    this.#byName.delete(name);
  }

  /** For the record of the server: the newest, as many as fit. */
  toJSON(): { number: number; buffers: unknown[] } {
    let bytes = 0;
    const kept = this.all.filter(({ data }) => {
      bytes += data.length;
      return bytes <= MOST_RECORDED_BYTES;
    });
    const buffers = kept.map(({ data, ...rest }) => ({ ...rest, data: Buffer.from(data).toString("base64") }));
    return { number: this.#number, buffers };
  }

  restore(stored: { number: number; buffers: readonly (Omit<PasteBuffer, "data"> & { data: string })[] }): void {
    this.#number = stored.number;
    for (const { data, ...rest } of stored.buffers) {
      this.#byName.set(rest.name, { ...rest, data: new Uint8Array(Buffer.from(data, "base64")) });
      this.#order = Math.max(this.#order, rest.order);
    }
  }

  #put(name: string, data: Uint8Array, automatic: boolean): void {
    this.#order += 1;
    this.#byName.set(name, { name, data, automatic, order: this.#order, createdAt: Math.floor(Date.now() / 1000) });
    let bytes = 0;
    for (const buffer of this.all) {
      bytes += buffer.data.length;
      if (bytes > MOST_BYTES && buffer.name !== name) this.#byName.delete(buffer.name);
    }
  }
}

/** A record is written after every change; what is larger is lost with the host. */
const MOST_RECORDED_BYTES = 1 << 20;
