// A sandbox whose host runs, with raw connections to it and to the workers of its sessions. For the protocol tests.

import { unwrap } from "../../src/base/errors.ts";
import { type Locations, locate, workerSocket } from "../../src/base/locations.ts";
import type { Session } from "../../src/protocol/session.ts";
import { Sandbox } from "../support/sandbox.ts";
import { RawHostClient } from "./raw-host-client.ts";
import { RawSessionClient } from "./raw-session-client.ts";

export class LiveHost implements AsyncDisposable {
  /** Not `sandbox()`, which ends with the test that called it: files of tests here share one host. */
  readonly box = new Sandbox();
  readonly locations: Locations = unwrap(locate(this.box.env));

  /** The host answers when this resolves. */
  static async start(): Promise<LiveHost> {
    const host = new LiveHost();
    await host.box.ok(["list"]);
    return host;
  }

  connect(): Promise<RawHostClient> {
    return RawHostClient.connect(this.locations.hostSocket);
  }

  startSession(name: string, ...argv: string[]): Promise<Session> {
    return this.box.start(name, argv);
  }

  /** A connection to a session's worker on which nothing has been said yet. */
  openSession(session: Pick<Session, "session_id">): Promise<RawSessionClient> {
    return RawSessionClient.connect(workerSocket(this.locations.runtimeDir, session.session_id));
  }

  /** The same after hello and welcome. */
  async greetSession(session: Pick<Session, "session_id">): Promise<RawSessionClient> {
    const client = await this.openSession(session);
    await client.greet();
    return client;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.box[Symbol.asyncDispose]();
  }
}
