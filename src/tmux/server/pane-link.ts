// The way from a pane to the worker of its bide session: one connection, kept while the pane lives, over which everything
// about it is asked and its end is heard. Made by pane-programs.ts. A worker that goes away is the end of the pane.

import { workerSocket } from "../../base/locations.ts";
import type { Bide, InputItem, Session, WorkerResult } from "../../client/index.ts";
import { SessionConnection } from "../../client/session-connection.ts";
import type { PaneFacts } from "../../protocol/worker-messages.ts";

export interface CaptureRequest {
  readonly start: number | null;
  readonly end: number | null;
  readonly history_limit: number;
  readonly hidden: boolean;
  readonly join: boolean;
  readonly trim: boolean;
  readonly ansi: boolean;
  readonly escaped: boolean;
}

export interface PaneLinkEvents {
  /** Something about the session changed: it printed, was named, ended. Once more when the worker went away. */
  onStatus(session: Session): void;
  /** The worker is gone; `session` is the last that was known. */
  onGone(session: Session): void;
}

export class PaneLink {
  readonly sessionId: string;
  readonly #connection: SessionConnection;
  #session: Session;

  private constructor(connection: SessionConnection, session: Session) {
    this.#connection = connection;
    this.#session = session;
    this.sessionId = session.session_id;
  }

  /** @throws BideError `worker_unreachable`. */
  static async open(runtimeDir: string, session: Session, events: PaneLinkEvents): Promise<PaneLink> {
    const connection = await SessionConnection.open(workerSocket(runtimeDir, session.session_id), session);
    const link = new PaneLink(connection, session);
    connection.onEvent = (event) => {
      if (event.session !== undefined) link.#changed(event.session, events);
    };
    const { session: now } = await connection.request("session.subscribe", {});
    void connection.closed.then(() => events.onGone(link.#session));
    // What happened before anybody listened is told once the caller has the link.
    queueMicrotask(() => link.#changed(now, events));
    return link;
  }

  /** Resolves when the worker is gone and that has been told. */
  get gone(): Promise<void> {
    return this.#connection.closed;
  }

  get session(): Session {
    return this.#session;
  }

  facts(wanted: { screen: boolean; history: boolean }): Promise<PaneFacts> {
    return this.#connection.request("pane.facts", wanted);
  }

  /** Undefined: there is no such screen. */
  async capture(request: CaptureRequest): Promise<Uint8Array | undefined> {
    const { result, bytes } = await this.#connection.requestBytes("pane.capture", request);
    return result.found ? bytes : undefined;
  }

  async reset(what: { screen: boolean; history: boolean }): Promise<void> {
    await this.#connection.request("pane.reset", what);
  }

  /** Also while somebody is attached: tmux asks nobody who owns the keyboard. */
  async send(items: InputItem[]): Promise<void> {
    await this.#connection.request("input.send", { items, force: true });
  }

  async resize(cols: number, rows: number): Promise<void> {
    await this.#connection.request("session.resize", { cols, rows });
  }

  /** Closes the terminal; resolves when the program is down. */
  async hangUp(graceMs: number): Promise<void> {
    await this.#connection.request("session.stop", { grace_ms: graceMs, hang_up: true });
  }

  /** The offset that the next byte of output gets. */
  async offset(): Promise<number> {
    return (await this.#connection.request("session.status", {})).session.output_bytes;
  }

  /** Output from an offset on; waits for some when there is none yet. */
  async readLog(offset: number): Promise<{ result: WorkerResult<"log.read">; bytes: Uint8Array }> {
    return this.#connection.requestBytes("log.read", { offset, wait_ms: 60_000, max: 64 * 1024 });
  }

  close(): void {
    this.#connection.close();
  }

  #changed(session: Session, events: PaneLinkEvents): void {
    this.#session = session;
    events.onStatus(session);
  }
}

/** The last screen of a session whose worker is gone; undefined when it never printed. */
export async function storedScreen(bide: Bide, sessionId: string): Promise<{ rows: string; scrollback: string }> {
  const { snapshot, scrollback } = await bide.request("session.snapshot_read", { session_id: sessionId });
  const rows = (snapshot as { rows_ansi?: unknown } | null)?.rows_ansi;
  return { rows: typeof rows === "string" ? rows : "", scrollback };
}
