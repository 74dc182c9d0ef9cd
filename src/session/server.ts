// The session's socket: accepts connections, says who we are, and hands frames on. It refuses a connection
// with a reason while file descriptors are scarce, and makes its socket again when a cleaner of temporary
// files took it away.

import { chmodSync, lstatSync, readdirSync, readFileSync, renameSync } from "node:fs";
import type { UnixSocketListener } from "bun";
import type { Disposable } from "../base/disposable.ts";
import { messageOf } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { VERSION } from "../base/version.ts";
import { FRAME, type Frame, parseJson } from "../protocol/frames.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { validate } from "../protocol/validate.ts";
import { HelloSchema } from "../protocol/worker-messages.ts";
import { removeSocketFile } from "../store/socket-file.ts";
import { Connection, type ConnectionHandlers } from "./connection.ts";

/** How often the socket's file is looked for (tmp cleaners run daily; a look costs one lstat). */
const SELF_CHECK_MS = 30_000;
/** Descriptors kept free for the log, snapshots and the next accept. */
const SPARE_DESCRIPTORS = 12;

export class SessionServer implements Disposable {
  readonly #path: string;
  readonly #sessionId: string;
  readonly #handlers: ConnectionHandlers;
  readonly #connections = new Set<Connection>();
  readonly #mostConnections: number;
  #listener: UnixSocketListener<{ connection: Connection | null }> | undefined;
  #selfCheck: Timer | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(path: string, sessionId: string, handlers: ConnectionHandlers) {
    this.#path = path;
    this.#sessionId = sessionId;
    this.#handlers = handlers;
    this.#mostConnections = Math.max(4, descriptorLimit() - openDescriptors() - SPARE_DESCRIPTORS);
  }

  listen(): Result<undefined> {
    const bound = this.#bind();
    if (!bound.ok) return bound;
    this.#selfCheck = setInterval(() => this.rebindIfGone(), SELF_CHECK_MS);
    this.#selfCheck.unref();
    process.on("SIGUSR1", this.#onSignal);
    return ok();
  }

  /** Makes the socket's file again if it is gone; the host asks for it with SIGUSR1. */
  rebindIfGone(): void {
    try {
      lstatSync(this.#path);
    } catch {
      this.#bind();
    }
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
    process.off("SIGUSR1", this.#onSignal);
    clearInterval(this.#selfCheck);
    this.#listener?.stop(false);
    this.#listener = undefined;
    removeSocketFile(this.#path);
  }

  readonly #onSignal = () => this.rebindIfGone();

  #bind(): Result<undefined> {
    const before = this.#listener;
    // Bound under another name and moved: nobody ever sees it with the wrong mode.
    const fresh = `${this.#path}~`;
    const removed = removeSocketFile(fresh);
    if (!removed.ok) return removed;
    const mask = process.umask(0o177);
    try {
      this.#listener = this.#listen(fresh);
      chmodSync(fresh, 0o600);
      renameSync(fresh, this.#path);
    } catch (error) {
      return fail("worker_unreachable", `cannot listen at ${this.#path}: ${messageOf(error)}`);
    } finally {
      process.umask(mask);
    }
    before?.stop(false);
    return ok();
  }

  #listen(path: string): UnixSocketListener<{ connection: Connection | null }> {
    return Bun.listen<{ connection: Connection | null }>({
      unix: path,
      socket: {
        binaryType: "uint8array",
        open: (socket) => {
          const connection = new Connection(socket, {
            onFrame: (from, frame) => this.#frame(from, frame),
            onDrained: (from) => this.#handlers.onDrained(from),
            onClose: (from) => this.#closed(from),
          });
          socket.data = { connection };
          if (this.#connections.size >= this.#mostConnections) {
            connection.refuse(fail("busy", `${this.#connections.size} clients are connected, which is all that fit`));
            return;
          }
          this.#connections.add(connection);
        },
        data: (socket, bytes) => socket.data.connection?.receive(bytes),
        drain: (socket) => socket.data.connection?.drain(),
        close: (socket) => socket.data.connection?.closedBySocket(),
        end: (socket) => {
          socket.end();
        },
        error: () => {},
      },
    });
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

/** The soft limit of open files (`ulimit -n`); 256 where it cannot be read. */
function descriptorLimit(): number {
  try {
    const line = /Max open files\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"));
    return Math.min(Number(line?.[1] ?? 256), 4096);
  } catch {
    return 256;
  }
}

function openDescriptors(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 32;
  }
}
