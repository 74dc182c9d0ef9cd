// Who waits for what: `session.wait` requests, answered when their condition holds or never can. Nothing is looked
// at while nothing happens. The session tells it of output, of changes and of the end; a waiter whose connection
// closes is forgotten.

import type { Disposable } from "../base/disposable.ts";
import { BideError } from "../base/errors.ts";
import type { Failure } from "../base/result.ts";
import type { CommandInfo } from "../protocol/command-messages.ts";
import type { Session as SessionInfo } from "../protocol/session.ts";
import type { WorkerCondition } from "../protocol/wait-messages.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";
import { watchCondition } from "./wait-conditions.ts";

/** Each may cost a timer and a look at the screen ten times a second. */
const MOST_WAITS = 256;

/** One condition being watched; `outcome` undefined: not yet. */
export interface Watched extends Disposable {
  /** The program printed so many bytes. */
  output?(length: number): void;
  /** Anything else about the session changed. */
  changed?(): void;
  /** What the end of the program means for it; absent: it can never hold any more. */
  ended?(): boolean;
}

export interface WaitAnswer {
  /** False: the session ended first. */
  readonly matched: boolean;
  readonly session: SessionInfo;
  /** The run that was waited for. */
  readonly task: CommandInfo | null;
}

/** Ends a wait: with how it turned out, or with a failure when it makes no sense. */
export type Settle = (outcome: boolean | Failure, task?: CommandInfo) => void;

interface Waiting {
  readonly from: Connection;
  readonly settle: Settle;
  watched?: Watched;
}

export class Waits implements Disposable {
  readonly #session: Session;
  readonly #waiting = new Set<Waiting>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** @throws BideError `busy` when too many wait already. */
  until(condition: WorkerCondition, from: Connection): Promise<WaitAnswer> {
    if (this.#waiting.size >= MOST_WAITS) {
      throw new BideError("busy", `${MOST_WAITS} clients wait for ${this.#session.record.fields.name} already`);
    }
    const answer = Promise.withResolvers<WaitAnswer>();
    const waiting: Waiting = {
      from,
      settle: (outcome, task) => {
        if (!this.#waiting.delete(waiting)) return;
        waiting.watched?.dispose();
        if (typeof outcome !== "boolean") answer.reject(BideError.from(outcome));
        else answer.resolve({ matched: outcome, session: this.#session.info(), task: task ?? null });
      },
    };
    this.#waiting.add(waiting);
    waiting.watched = watchCondition(this.#session, condition, waiting.settle);
    if (!this.#waiting.has(waiting)) waiting.watched.dispose();
    else if (this.#session.ended) waiting.settle(waiting.watched.ended?.() === true);
    return answer.promise;
  }

  output(length: number): void {
    for (const { watched } of this.#waiting) watched?.output?.(length);
  }

  changed(): void {
    for (const { watched } of this.#waiting) watched?.changed?.();
  }

  ended(): void {
    for (const { watched, settle } of this.#waiting) settle(watched?.ended?.() === true);
  }

  drop(connection: Connection): void {
    for (const waiting of this.#waiting) {
      if (waiting.from !== connection) continue;
      this.#waiting.delete(waiting);
      waiting.watched?.dispose();
    }
  }

  dispose(): void {
    for (const { watched } of this.#waiting) watched?.dispose();
    this.#waiting.clear();
  }
}
