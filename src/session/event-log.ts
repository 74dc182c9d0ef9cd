// The session's journal as the worker writes it: every event with its time and its session, and a call for
// those who follow.

import { utcNow } from "../base/clock.ts";
import type { Disposable } from "../base/disposable.ts";
import type { Result } from "../base/result.ts";
import type { AppendOptions, Journal } from "../store/journal.ts";

/** The events of the command line page ("JSON shapes"); readers may meet others of a newer version. */
export type SessionEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

export class EventLog implements Disposable {
  readonly #journal: Journal;
  readonly #sessionId: string;
  #waiting: (() => void)[] = [];

  constructor(journal: Journal, sessionId: string) {
    this.#journal = journal;
    this.#sessionId = sessionId;
  }

  /** Number of the last stored event. */
  get seq(): number {
    return this.#journal.seq;
  }

  /** An event that cannot be stored is counted, and the next stored one says so; the result is for who tries again. */
  append(event: SessionEvent, options?: AppendOptions): Result<number> {
    const stored = this.#journal.append({ time: utcNow(), session_id: this.#sessionId, ...event }, options);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
    return stored;
  }

  /** Calls `run` once, after the next event; dispose to forget. */
  whenEvent(run: () => void): Disposable {
    this.#waiting.push(run);
    return {
      dispose: () => {
        this.#waiting = this.#waiting.filter((other) => other !== run);
      },
    };
  }

  dispose(): void {
    this.#journal.dispose();
  }
}
