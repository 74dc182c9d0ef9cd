// The journal's `input` events: who typed how much, never what. Keystrokes must not touch the disk on their
// way to the program, so what a client types is summed up and told once a second at most.

import { type Disposable, timeout } from "../base/disposable.ts";
import type { EventLog } from "./event-log.ts";

const EVENT_MS = 1000;

export class InputRecord implements Disposable {
  readonly #journal: EventLog;
  readonly #bytes = new Map<string, number>();
  #timer: Disposable | undefined;

  constructor(journal: EventLog) {
    this.#journal = journal;
  }

  /** `source`: the id of an attached client, or `send`. */
  typed(source: string, bytes: number): void {
    this.#bytes.set(source, (this.#bytes.get(source) ?? 0) + bytes);
    this.#timer ??= timeout(EVENT_MS, () => this.flush());
  }

  dispose(): void {
    this.flush();
  }

  /** Tells now what has been typed so far. */
  flush(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    for (const [client_id, bytes] of this.#bytes) this.#journal.append({ event: "input", client_id, bytes });
    this.#bytes.clear();
  }
}
