// The session's socket: accepts connections, says who we are, and hands frames on. It refuses a connection
// with a reason while file descriptors are scarce.

import type { UnixSocketListener } from "bun";
import type { Disposable } from "../base/disposable.ts";
import { fail, type Result } from "../base/result.ts";
import { VERSION } from "../base/version.ts";
import { toErrorPayload } from "../protocol/error-payload.ts";
import { encodeJsonFrame, FRAME, type Frame, parseJson } from "../protocol/frames.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { validate } from "../protocol/validate.ts";
import { HelloSchema } from "../protocol/worker-messages.ts";
import { hasRoomForConnection } from "../store/descriptors.ts";
import { isStranger } from "../store/peer.ts";
import { PrivateSocket } from "../store/private-socket.ts";
import { TurnedAway } from "../store/turned-away.ts";
import { Connection, type ConnectionHandlers } from "./connection.ts";

export class SessionServer implements Disposable {
  readonly #socket: PrivateSocket<{ connection: Connection | null }>;
  readonly #sessionId: string;
  readonly #handlers: ConnectionHandlers;
  readonly #connections = new Set<Connection>();
  readonly #turnedAway = new TurnedAway();
  #onEmpty: (() => void) | undefined;

  constructor(path: string, sessionId: string, handlers: ConnectionHandlers) {
    this.#socket = new PrivateSocket(path, (at) => this.#listen(at));
    this.#sessionId = sessionId;
    this.#handlers = handlers;
  }

  listen(): Result<undefined> {
    return this.#socket.open();
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** Calls `done` when every peer has got what was queued for it and is gone, at the latest after `limitMs`. */
  finish(limitMs: number, done: () => void): void {
    const once = () => {
      clearTimeout(timer);
      this.#onEmpty = undefined;
      done();
    };
    const timer = setTimeout(once, limitMs);
    this.#onEmpty = once;
    for (const connection of this.#connections) connection.end();
    if (this.#connections.size === 0) once();
  }

  /** Stops accepting and removes the socket's file. */
  dispose(): void {
    this.#socket.dispose();
    this.#turnedAway.dispose();
  }

  #listen(path: string): UnixSocketListener<{ connection: Connection | null }> {
    return Bun.listen<{ connection: Connection | null }>({
      unix: path,
      socket: {
        binaryType: "uint8array",
        open: (socket) => {
          if (isStranger(socket)) {
            socket.data = { connection: null };
            socket.terminate();
            return;
          }
          if (!hasRoomForConnection()) {
            socket.data = { connection: null };
            this.#turnedAway.add(socket, this.#tooMany());
            return;
          }
          const connection = new Connection(socket, {
            onFrame: (from, frame) => this.#frame(from, frame),
            onDrained: (from) => this.#handlers.onDrained(from),
            onClose: (from) => this.#closed(from),
          });
          socket.data = { connection };
          this.#connections.add(connection);
        },
        data: (socket, bytes) => socket.data.connection?.receive(bytes),
        drain: (socket) => socket.data.connection?.drain(),
        close: (socket) => {
          this.#turnedAway.closed(socket);
          socket.data.connection?.closedBySocket();
        },
        end: (socket) => {
          socket.end();
        },
        error: () => {},
      },
    });
  }

  #tooMany(): Uint8Array {
    const reason = fail("busy", `${this.#connections.size} clients are connected, which is all that fit`);
    return encodeJsonFrame(FRAME.error, toErrorPayload(reason));
  }

  #frame(connection: Connection, frame: Frame): void {
    if (connection.kind !== "new") return this.#handlers.onFrame(connection, frame);
    const json = frame.type === FRAME.hello ? parseJson(frame.payload) : fail("protocol", "expected a hello first");
    const hello = json.ok ? validate(HelloSchema, json.value, "hello") : json;
    if (!hello.ok) return connection.refuse(hello);
    connection.kind = hello.value.kind;
    connection.sendJson(FRAME.welcome, {
      protocol: PROTOCOL_VERSION,
      version: VERSION,
      session_id: this.#sessionId,
      pid: process.pid,
    });
  }

  #closed(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    this.#handlers.onClose(connection);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }
}
