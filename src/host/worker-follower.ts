// The host's way to one worker: it connects, hears of the session's changes from then on, and has a link for requests as long
// as the worker answers. session-entry.ts has one for each session.

import type { Session } from "../protocol/session.ts";
import { WorkerLink } from "./worker-link.ts";

/** A worker that says nothing for so long is not waited for: a host that starts has others to look after. */
const ANSWER_MS = 3000;

export interface FollowerHandlers {
  /** The worker answers; its socket is `socket()`'s. */
  onLink(): void;
  onStatus(session: Session): void;
  /** The worker has closed the connection, whether it had answered or not. */
  onClose(): void;
}

export class WorkerFollower {
  readonly #sessionId: string;
  readonly #socket: () => string;
  readonly #handlers: FollowerHandlers;
  #link: WorkerLink | undefined;
  #following: Promise<unknown> = Promise.resolve();
  /** As long as the worker has not said whether it can be followed. */
  #connecting: Promise<boolean> | undefined;

  /** `socket`: its path at that moment, since an archived session has moved. */
  constructor(sessionId: string, socket: () => string, handlers: FollowerHandlers) {
    this.#sessionId = sessionId;
    this.#socket = socket;
    this.#handlers = handlers;
  }

  /** The link to a worker that answers; undefined when there is none. */
  async link(): Promise<WorkerLink | undefined> {
    await this.#following;
    return this.#link;
  }

  /** Has accepted the connection and says nothing. */
  get standsStill(): boolean {
    return this.#connecting !== undefined;
  }

  /** False when no worker answers. One that stands still is followed all the same as soon as it goes on. */
  follow(): Promise<boolean> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    const following = within(ANSWER_MS, this.#connecting);
    this.#following = following;
    return following;
  }

  async #connect(): Promise<boolean> {
    try {
      const link = await WorkerLink.open(this.#socket(), this.#sessionId, {
        onStatus: (session) => this.#handlers.onStatus(session),
        onClose: () => {
          this.#link = undefined;
          this.#handlers.onClose();
        },
      });
      this.#handlers.onLink();
      this.#link = link;
      this.#handlers.onStatus((await link.request("session.subscribe", {})).session);
      return true;
    } catch {
      this.#link = undefined;
      return false;
    }
  }
}

/** False when it takes longer. */
function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
