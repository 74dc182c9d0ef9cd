// From a connection to commands that run: the hello makes a client, whose words are parsed as a whole before any of them
// runs. A call ends with its last command unless that attached it; a control client goes on with what it reads.

import { parseArguments } from "../argv/parse-commands.ts";
import { ControlClient } from "../control/control-client.ts";
import { type ClientHello, WIRE_VERSION } from "../wire/wire.ts";
import { adoptPane } from "./adoption.ts";
import { TmuxClient } from "./client.ts";
import { readConfigFiles } from "./config-files.ts";
import type { ShimConnection } from "./connection.ts";
import { runBinding } from "./key-bindings.ts";
import { parseContext, type Runner, runCommands } from "./queue.ts";
import type { TmuxServer } from "./tmux-server.ts";

export function serveClient(server: TmuxServer, connection: ShimConnection): void {
  let client: TmuxClient | undefined;
  let control: ControlClient | undefined;
  connection.listen({
    onHello(hello) {
      if (client !== undefined) return;
      if (hello.version !== WIRE_VERSION) {
        connection.error(`protocol version mismatch (client ${hello.version}, server ${WIRE_VERSION})\n`);
        connection.exit({ code: 1 });
        return;
      }
      client = new TmuxClient(hello, connection);
      client.gone = connection.gone;
      server.clients.add(client);
      if (hello.control > 0) control = new ControlClient(server, client, connection);
      void answer(server, client, connection, control);
    },
    onInput: (bytes) => control?.input(bytes),
    onInputEnd: () => control?.inputEnd(),
    onResize(size) {
      if (client === undefined) return;
      client.cols = size.cols;
      client.rows = size.rows;
      server.clientResized(client);
    },
    onKey(key) {
      if (client !== undefined) void runBinding(server, client, "prefix", key);
    },
    onLeft(reason) {
      if (client !== undefined) server.clientLeftPane(client, reason);
    },
    onGone() {
      if (client === undefined) return;
      control?.dispose();
      server.clientGone(client);
    },
  });
}

async function answer(
  server: TmuxServer,
  client: TmuxClient,
  connection: ShimConnection,
  control: ControlClient | undefined,
): Promise<void> {
  const { hello } = client;
  await prepare(server, client, hello);
  const list = parseArguments(hello.argv, parseContext(server));
  if (control !== undefined) return control.begin(list);
  if (!list.ok) {
    connection.error(`${list.message}\n`);
    client.exitCode = 1;
    return finish(server, client);
  }
  const runner: Runner = {
    client,
    print: (bytes) => connection.output(bytes),
    error: (text) => connection.error(`${text}\n`),
  };
  const outcome = await runCommands(server, list.value, runner);
  client.exitCode = outcome.code;
  finish(server, client);
}

/** A new server takes the environment of its first client and reads the configuration that was given. */
async function prepare(server: TmuxServer, client: TmuxClient, hello: ClientHello): Promise<void> {
  server.begin ??= (async () => {
    if (server.restored) return;
    for (const [name, value] of Object.entries(hello.env)) server.environment.set(name, value);
    server.settings.setDefaultShell(hello.env.SHELL);
    await readConfigFiles(server, client, hello.configFiles);
  })();
  await server.begin;
  await adoptPane(server, client);
}

/** Ends a call; a client that was attached meanwhile stays. */
function finish(server: TmuxServer, client: TmuxClient): void {
  if (client.attached) return;
  client.voice.exit({ code: client.exitCode, unsupported: client.unsupported });
  server.endIfEmpty();
}
