// The MCP server's way to the host: one connection, made when the first tool needs it and made again when the host was
// replaced. Hours pass between two calls of an agent.

import { BideError } from "../base/errors.ts";
import type { Bide } from "../client/bide.ts";
import { connect } from "../client/connect.ts";
import { RecordedSession } from "../client/recorded-session.ts";
import type { SessionConnection } from "../client/session-connection.ts";
import type { HostMethod, HostParams, HostResult } from "../protocol/host-messages.ts";

export interface HostLinkOptions {
  /** Program and arguments that run bide: how a host is started. */
  readonly command: readonly string[];
}

export class HostLink implements Disposable {
  readonly #command: readonly string[];
  #bide: Promise<Bide> | undefined;

  constructor({ command }: HostLinkOptions) {
    this.#command = command;
  }

  connect(more: { readonly again: boolean } = { again: false }): Promise<Bide> {
    if (this.#bide === undefined || more.again) {
      const bide = connect({ command: this.#command });
      this.#bide = bide;
      // A failure is told to who asked, and the next call tries anew.
      bide.catch(() => {
        if (this.#bide === bide) this.#bide = undefined;
      });
    }
    return this.#bide;
  }

  /** @throws BideError as `Bide.request`; a host that went away meanwhile is started again first. */
  async request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>> {
    return this.use((bide) => bide.request(method, params));
  }

  /** Opens the worker of a live session for as long as `use` takes. */
  async withSession<T>(session: string, use: (connection: SessionConnection) => Promise<T>): Promise<T> {
    const connection = await this.use((bide) => bide.session(session));
    try {
      return await use(connection);
    } finally {
      connection.close();
    }
  }

  /** Opens the record of a live or ended session for as long as `use` takes. */
  async withRecord<T>(session: string, use: (record: RecordedSession) => Promise<T>): Promise<T> {
    const record = await this.use(() => RecordedSession.open(this, { text: session }));
    try {
      return await use(record);
    } finally {
      record.close();
    }
  }

  [Symbol.dispose](): void {
    void this.#bide?.then(
      (bide) => bide.close(),
      () => {},
    );
    this.#bide = undefined;
  }

  /** Asks once more when the host turns out to be gone: what is asked must not have been done then. */
  async use<T>(ask: (bide: Bide) => Promise<T>): Promise<T> {
    const bide = await this.connect();
    try {
      return await ask(bide);
    } catch (error) {
      if (!(error instanceof BideError && error.code === "host_unreachable")) throw error;
      return ask(await this.connect({ again: true }));
    }
  }
}
