// A client in control mode (`-C`): says that it cannot be served yet, and ends.

import type { CommandList } from "../argv/command-list.ts";
import type { Parsed } from "../argv/parsed.ts";
import type { TmuxClient } from "../server/client.ts";
import type { ShimConnection } from "../server/connection.ts";
import type { TmuxServer } from "../server/tmux-server.ts";

export class ControlClient {
  readonly #connection: ShimConnection;

  constructor(_server: TmuxServer, _client: TmuxClient, connection: ShimConnection) {
    this.#connection = connection;
  }

  begin(_list: Parsed<CommandList>): void {
    this.#connection.error("control mode is not supported yet\n");
    this.#connection.exit({ code: 1 });
  }

  input(_bytes: Uint8Array): void {}

  inputEnd(): void {}

  dispose(): void {}
}
