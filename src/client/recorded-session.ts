// What a session printed and what happened to it, read by offset and by number: from its worker while that
// lives, from its files through the host afterwards. Readers never notice the change from one to the other.

import { BideError } from "../base/errors.ts";
import { WorkerSilent } from "../base/worker-silent.ts";
import type { JournalEvent } from "../protocol/both-sockets.ts";
import type { HostResult, Selector } from "../protocol/host-messages.ts";
import type { Session } from "../protocol/session.ts";
import { isLive } from "../protocol/session-state.ts";
import type { Bide } from "./bide.ts";
import { SessionConnection } from "./session-connection.ts";

export interface LogPiece {
  /** Where the bytes begin: later than asked when older ones are gone. */
  readonly offset: number;
  readonly next: number;
  /** First and one past the last offset that there is. */
  readonly start: number;
  readonly end: number;
  /** Nothing will follow `end`. */
  readonly ended: boolean;
  readonly bytes: Uint8Array;
}

export interface EventsRequest {
  readonly after_seq?: number;
  readonly tail?: number;
  readonly max?: number;
  readonly wait_ms?: number;
}

/** Gives the connection to the host; `again` makes a new one, because the old host is gone. */
export interface HostSource {
  connect(more?: { readonly again: boolean }): Promise<Bide>;
}

/** A follower asks again after this long, so that a connection that died silently is noticed. */
export const FOLLOW_WAIT_MS = 30_000;

export class RecordedSession {
  readonly session: Session;
  readonly #source: HostSource;
  #worker: SessionConnection | undefined;
  #closed = false;

  private constructor(source: HostSource, session: Session) {
    this.#source = source;
    this.session = session;
  }

  /** @throws BideError `session_not_found`, `ambiguous_selector`. */
  static async open(source: HostSource, selector: Selector): Promise<RecordedSession> {
    const { session, socket } = await askHost(source, (bide) => bide.request("session.resolve", { selector }));
    const recorded = new RecordedSession(source, session);
    if (socket !== null) {
      // A worker that just went away leaves files, which do as well. Nothing is waited for here: one that stands still never
      // answers, and whoever asks it has a time limit of their own.
      recorded.#worker = await SessionConnection.open(socket, session, { greeting: "with-first-request" }).catch(
        () => undefined,
      );
    }
    return recorded;
  }

  /** The connection to its worker; undefined once that is gone. */
  get worker(): SessionConnection | undefined {
    return this.#worker;
  }

  /** The session as it is now, from its worker or else from the host. */
  async now(): Promise<Session> {
    const live = await this.#fromWorker((worker) => worker.request("session.status", {}));
    if (live !== undefined) return live.session;
    const { session } = await this.#resolve();
    // A worker that ends is gone for us a moment before it is for the host.
    return isLive(session) && this.#worker === undefined ? this.latest() : session;
  }

  /** `waitMs`: how long to wait for bytes at `offset` while there are none and the program runs. */
  async readLog(offset: number, max: number, waitMs = 0): Promise<LogPiece> {
    const live = await this.#fromWorker(async (worker) => {
      const { result, bytes } = await worker.requestBytes("log.read", { offset, max, wait_ms: waitMs });
      return { ...result, bytes };
    });
    if (live !== undefined) return live;
    const { data, ...piece } = await this.#fromHost((bide) =>
      bide.request("session.log_read", { session_id: this.session.session_id, offset, max }),
    );
    return { ...piece, bytes: Buffer.from(data, "base64") };
  }

  async readEvents(request: EventsRequest): Promise<{ events: JournalEvent[]; ended: boolean }> {
    const live = await this.#fromWorker((worker) => worker.request("events.read", request));
    if (live !== undefined) return live;
    return this.#fromHost((bide) =>
      bide.request("session.events_read", { session_id: this.session.session_id, ...request }),
    );
  }

  /** The session as it is now: how it ended, once a reader has come to its end. */
  async latest(): Promise<Session> {
    // The host answers about events once the end of a worker that was killed has been recorded.
    if (this.#worker === undefined) await this.readEvents({ tail: 1 });
    return (await this.#resolve()).session;
  }

  /** Whoever reads at this moment fails with `worker_unreachable`. */
  close(): void {
    this.#closed = true;
    this.#worker?.close();
  }

  /** Undefined once the worker is gone. */
  async #fromWorker<T>(ask: (worker: SessionConnection) => Promise<T>): Promise<T | undefined> {
    for (let again = false; this.#worker !== undefined; again = true) {
      try {
        return await ask(this.#worker);
      } catch (error) {
        // A question that was under way when this was closed is not asked again: nobody would close that connection.
        if (
          this.#closed ||
          error instanceof WorkerSilent ||
          !(error instanceof BideError && error.code === "worker_unreachable")
        )
          throw error;
        this.#worker = again ? undefined : await this.#reconnect();
      }
    }
    return undefined;
  }

  /** A connection may break while the worker lives; undefined when it does not. */
  async #reconnect(): Promise<SessionConnection | undefined> {
    const { session, socket } = await this.#resolve();
    const worker = socket === null ? undefined : await SessionConnection.open(socket, session).catch(() => undefined);
    if (this.#closed) worker?.close();
    return worker;
  }

  #resolve(): Promise<HostResult<"session.resolve">> {
    const selector = { text: this.session.session_id };
    return this.#fromHost((bide) => bide.request("session.resolve", { selector, fresh: true }));
  }

  #fromHost<T>(ask: (bide: Bide) => Promise<T>): Promise<T> {
    return askHost(this.#source, ask);
  }
}

/** The host may have been replaced while a follower listened to the worker, or die at this very moment. */
export async function askHost<T>(source: HostSource, ask: (bide: Bide) => Promise<T>): Promise<T> {
  try {
    return await ask(await source.connect());
  } catch (error) {
    if (!(error instanceof BideError && error.code === "host_unreachable")) throw error;
    return ask(await source.connect({ again: true }));
  }
}
