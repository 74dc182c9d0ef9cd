// Tells subscribers (the host, above all) when the session changed, so that `list` asks nobody: a change of
// state at once, output at most once a second. An idle session sends nothing.

import { type Disposable, timeout } from "../base/disposable.ts";
import { FRAME } from "../protocol/frames.ts";
import type { Session } from "../protocol/session.ts";
import type { Connection } from "./connection.ts";

const OUTPUT_MS = 1000;

export class StatusFeed implements Disposable {
  readonly #info: () => Session;
  readonly #subscribers = new Set<Connection>();
  #outputTimer: Disposable | undefined;
  #changeDue = false;

  constructor(info: () => Session) {
    this.#info = info;
  }

  subscribe(connection: Connection): void {
    this.#subscribers.add(connection);
  }

  unsubscribe(connection: Connection): void {
    this.#subscribers.delete(connection);
  }

  /** Something other than output changed; several changes of one turn are told once. */
  changed(): void {
    if (this.#changeDue || this.#subscribers.size === 0) return;
    this.#changeDue = true;
    setImmediate(() => {
      this.#changeDue = false;
      this.now();
    });
  }

  /** The program printed. */
  output(): void {
    if (this.#outputTimer !== undefined || this.#subscribers.size === 0) return;
    this.#outputTimer = timeout(OUTPUT_MS, () => {
      this.#outputTimer = undefined;
      this.now();
    });
  }

  now(): void {
    const message = { event: "status", session: this.#info() };
    for (const connection of this.#subscribers) connection.sendJson(FRAME.event, message);
  }

  dispose(): void {
    this.#outputTimer?.dispose();
    this.#subscribers.clear();
  }
}
