// The tmux servers of a host, one per socket: made when a call may start one, brought back from their records when the host
// was killed, gone with their last session. src/bin loads this into the host's process (host/service.ts has the shape).

import type { Disposable } from "../../base/disposable.ts";
import { messageOf } from "../../base/errors.ts";
import { tmuxSocket } from "../../base/locations.ts";
import { COMMAND_HANDLERS } from "../commands/table.ts";
import type { ListeningSocket, Served, ServiceSurroundings } from "../service-surroundings.ts";
import { recordName } from "../wire/socket-path.ts";
import { serveClient } from "./calls.ts";
import { ShimConnection } from "./connection.ts";
import { readRecord } from "./read-record.ts";
import { writeRecord } from "./record.ts";
import { restoreModel, reuniteAll } from "./restore-server.ts";
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
  readonly #starting = new Map<string, Promise<Served>>();

  /** What is told to whoever asks for a server whose record was damaged, until there is one again. */
  readonly #lost = new Map<string, string>();

  private constructor(surroundings: ServiceSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Everything that was recorded answers again before this resolves. */
  static async load(surroundings: ServiceSurroundings): Promise<TmuxService> {
    const service = new TmuxService(surroundings);
    const sockets = surroundings.records().flatMap((name) => {
      const record = readRecord(surroundings, name);
      return record.ok && record.value !== undefined ? record.value.socket : [];
    });
    await Promise.all(sockets.map((socket) => service.serve(socket, false)));
    return service;
  }

  async serve(socket: string, create: boolean): Promise<Served> {
    if (this.#namespaces.has(socket)) return { served: true };
    const under = this.#starting.get(socket);
    if (under !== undefined) return under;
    const starting = this.#start(socket, create).finally(() => this.#starting.delete(socket));
    this.#starting.set(socket, starting);
    return starting;
  }

  dispose(): void {
    for (const { server, socket } of this.#namespaces.values()) {
      server.stopping = true;
      socket.dispose();
      server.programs.dispose();
      server.jobs.dispose();
    }
    for (const socket of this.#left) socket.dispose();
    this.#namespaces.clear();
  }

  async #start(socket: string, create: boolean): Promise<Served> {
    const { server, restored } = this.#bringBack(socket);
    const note = this.#lost.get(socket);
    const lost = note === undefined ? {} : { note };
    if (!restored && !create) return { served: false, ...lost };
    this.#lost.delete(socket);
    if (note !== undefined) server.say(note);
    if (restored) await reuniteAll(server);
    if (server.ended && !create) return { served: false };
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
    if (!listening.ok) return { served: false };
    for (const old of this.#left) if (old.path === socket) this.#left.delete(old);
    this.#namespaces.set(socket, { server, socket: listening.value });
    writeRecord(server);
    return { served: true, ...lost };
  }

  /** The server that was recorded for this socket, or a new one; a record that cannot be used is kept aside. */
  #bringBack(socket: string): { server: TmuxServer; restored: boolean } {
    const name = recordName(socket);
    const record = readRecord(this.#surroundings, name);
    let problem = record.ok ? undefined : record.message;
    if (record.ok && record.value?.socket === socket) {
      const server = this.#newServer(socket);
      try {
        restoreModel(server, record.value);
        return { server, restored: true };
      } catch (error) {
        problem = messageOf(error);
      }
    }
    if (problem !== undefined) {
      const aside = this.#surroundings.setRecordAside(name) ?? "nowhere";
      this.#lost.set(socket, `its record was damaged and is kept as ${aside}; ${LOST} (${problem})`);
    }
    return { server: this.#newServer(socket), restored: false };
  }

  #newServer(socket: string): TmuxServer {
    const server: TmuxServer = new TmuxServer({
      socket,
      isDefault: socket === tmuxSocket(this.#surroundings.runtimeDir),
      surroundings: this.#surroundings,
      handlers: COMMAND_HANDLERS,
      onEmpty: () => this.#ended(server),
    });
    return server;
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
const LOST = "the programs in its panes go on as sessions, see bide list";
