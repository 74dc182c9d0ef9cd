// The tmux servers of a host, one per socket: made when a call may start one, brought back from their records when the host
// was killed, gone with their last session. src/bin loads this into the host's process (host/service.ts has the shape).

import type { Disposable } from "../../base/disposable.ts";
import { tmuxSocket } from "../../base/locations.ts";
import { COMMAND_HANDLERS } from "../commands/table.ts";
import type { ListeningSocket, ServiceSurroundings } from "../service-surroundings.ts";
import { recordName } from "../wire/socket-path.ts";
import { serveClient } from "./calls.ts";
import { ShimConnection } from "./connection.ts";
import { restoreServer, storedSocket, writeRecord } from "./record.ts";
import { TmuxServer } from "./tmux-server.ts";

interface Namespace {
  readonly server: TmuxServer;
  readonly socket: ListeningSocket;
}

export class TmuxService implements Disposable {
  readonly #surroundings: ServiceSurroundings;
  readonly #namespaces = new Map<string, Namespace>();
  /** Sockets of servers that have ended: their files stay, so that a call is told that no server runs there. */
  readonly #left = new Set<ListeningSocket>();
  readonly #starting = new Map<string, Promise<boolean>>();

  private constructor(surroundings: ServiceSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Everything that was recorded answers again before this resolves. */
  static async load(surroundings: ServiceSurroundings): Promise<TmuxService> {
    const service = new TmuxService(surroundings);
    const sockets = surroundings.records().flatMap((name) => storedSocket(surroundings.readRecord(name)) ?? []);
    await Promise.all(sockets.map((socket) => service.serve(socket, false)));
    return service;
  }

  async serve(socket: string, create: boolean): Promise<boolean> {
    if (this.#namespaces.has(socket)) return true;
    const under = this.#starting.get(socket);
    if (under !== undefined) return under;
    const starting = this.#start(socket, create).finally(() => this.#starting.delete(socket));
    this.#starting.set(socket, starting);
    return starting;
  }

  dispose(): void {
    for (const { server, socket } of this.#namespaces.values()) {
      socket.dispose();
      server.programs.dispose();
      server.jobs.dispose();
    }
    for (const socket of this.#left) socket.dispose();
    this.#namespaces.clear();
  }

  async #start(socket: string, create: boolean): Promise<boolean> {
    const record = this.#surroundings.readRecord(recordName(socket));
    const known = storedSocket(record) === socket;
    if (!known && !create) return false;
    const server = new TmuxServer({
      socket,
      isDefault: socket === tmuxSocket(this.#surroundings.runtimeDir),
      surroundings: this.#surroundings,
      handlers: COMMAND_HANDLERS,
      onEmpty: () => this.#ended(server),
    });
    if (known) await restoreServer(server, record);
    if (server.ended && !create) return false;
    const listening = this.#surroundings.listen(socket, (at) =>
      Bun.listen<{ connection: ShimConnection }>({
        unix: at,
        socket: {
          binaryType: "uint8array",
          open: (peer) => {
            const connection = new ShimConnection(peer);
            peer.data = { connection };
            serveClient(server, connection);
          },
          data: (peer, bytes) => peer.data.connection.receive(bytes),
          drain: (peer) => peer.data.connection.flush(),
          close: (peer) => peer.data.connection.closed(),
          end: (peer) => {
            peer.end();
          },
          error: () => {},
        },
      }),
    );
    if (!listening.ok) return false;
    for (const old of this.#left) if (old.path === socket) this.#left.delete(old);
    this.#namespaces.set(socket, { server, socket: listening.value });
    writeRecord(server);
    return true;
  }

  /** The socket's file stays away and the record goes: a later call says that no server is running. */
  #ended(server: TmuxServer): void {
    const namespace = this.#namespaces.get(server.socket);
    this.#surroundings.removeRecord(recordName(server.socket));
    if (namespace?.server !== server) return;
    this.#namespaces.delete(server.socket);
    namespace.socket.close();
    this.#left.add(namespace.socket);
    // What it has said is still on its way, and programs are still being ended.
    setTimeout(() => server.programs.dispose(), LAST_WORDS_MS).unref();
    server.jobs.dispose();
  }
}

const LAST_WORDS_MS = 10_000;
