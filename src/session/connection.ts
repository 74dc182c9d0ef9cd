// One accepted connection of the session socket: frames in, frames out, hello first. It knows nothing of
// sessions; server.ts makes it, requests.ts and attach-hub.ts give it meaning.

import type { Socket } from "bun";
import { type Failure, fail } from "../base/result.ts";
import { toErrorPayload } from "../protocol/error-payload.ts";
import { encodeChunked, encodeJsonFrame, FRAME, type Frame, FrameDecoder, type FrameType } from "../protocol/frames.ts";
import { peerPid } from "../store/peer.ts";
import { OutputQueue } from "./output-queue.ts";

export interface ConnectionHandlers {
  onFrame(connection: Connection, frame: Frame): void;
  /** Everything queued has been taken by the socket. */
  onDrained(connection: Connection): void;
  onClose(connection: Connection): void;
}

export class Connection {
  /** Set by the peer's hello. */
  kind: "new" | "client" | "host" = "new";
  readonly #socket: Socket<unknown>;
  readonly #handlers: ConnectionHandlers;
  readonly #decoder = new FrameDecoder();
  readonly #queue = new OutputQueue();
  #closed = false;
  #ending = false;

  constructor(socket: Socket<unknown>, handlers: ConnectionHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The process that connected; 0: not known. */
  get peerPid(): number {
    return this.#closed ? 0 : peerPid(this.#socket);
  }

  /** Bytes of output waiting for this peer. */
  get waitingOutput(): number {
    return this.#queue.droppableBytes;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Bytes from the socket; a peer that breaks the framing is told why and loses its connection. */
  receive(bytes: Uint8Array): void {
    if (this.#ending) return;
    const framed = this.#decoder.push(bytes, (frame) => {
      if (!this.#ending) this.#handlers.onFrame(this, frame);
    });
    if (!framed.ok) this.refuse(framed);
  }

  sendJson(type: FrameType, value: unknown): void {
    this.send(encodeJsonFrame(type, value), false);
  }

  /** Raw bytes of any length, never dropped. */
  sendBytes(type: FrameType, bytes: Uint8Array): void {
    for (const frame of encodeChunked(type, bytes)) this.send(frame, false);
  }

  /** A whole frame. Only what is droppable, output, may be written into afterwards. */
  send(frame: Uint8Array, droppable: boolean): void {
    if (this.#closed || this.#ending) return;
    const written = this.#queue.length > 0 ? 0 : Math.max(0, this.#socket.write(frame));
    if (written === frame.length) return;
    this.#queue.push(frame, droppable);
    this.#queue.wrote(written);
  }

  /** Drops the output that waits; returns how many bytes that was. */
  dropOutput(): number {
    return this.#queue.dropOutput();
  }

  /** The socket can take more. */
  drain(): void {
    for (let next = this.#queue.peek(); next !== undefined; next = this.#queue.peek()) {
      const written = this.#socket.write(next);
      if (written <= 0) return;
      this.#queue.wrote(written);
      if (written < next.length) return;
    }
    if (this.#ending) this.#socket.end();
    else this.#handlers.onDrained(this);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Tells the peer what is wrong, then closes. */
  refuse(failure: Failure): void {
    this.sendJson(FRAME.error, toErrorPayload(failure));
    this.end();
  }

  refuseMessage(message: string): void {
    this.refuse(fail("protocol", message));
  }

  /** Closes once everything queued has been sent. */
  end(): void {
    if (this.#closed || this.#ending) return;
    this.#ending = true;
    if (this.#queue.length === 0) this.#socket.end();
  }

  /** The socket is gone. */
  closedBySocket(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.dropOutput();
    this.#handlers.onClose(this);
  }

  destroy(): void {
    this.#socket.terminate();
  }
}
