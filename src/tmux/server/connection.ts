// One connection of the shim to a tmux server: its frames in, what it prints and how it ends out. A client that never reads
// is cut off before its answers fill the memory of the host.

import type { Socket } from "bun";
import { ByteQueue } from "../../base/byte-queue.ts";
import { FrameDecoder } from "../../protocol/frames.ts";
import {
  type ClientAnswer,
  type ClientAsk,
  type ClientExit,
  type ClientHello,
  type ClientShow,
  decodeWireJson,
  encodeWire,
  encodeWireBytes,
  encodeWireJson,
  WIRE,
} from "../wire/wire.ts";
import type { ClientVoice } from "./client.ts";

/** As the host's own socket allows. Control clients are paused long before (control/flow.ts). */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024;

export interface ConnectionEvents {
  onHello(hello: ClientHello): void;
  onInput(bytes: Uint8Array): void;
  onInputEnd(): void;
  onResize(size: { cols: number; rows: number }): void;
  onKey(key: string): void;
  onLeft(reason: { kind: "detached" | "ended" | "lost"; session_id: string }): void;
  onGone(): void;
}

export class ShimConnection implements ClientVoice {
  readonly #socket: Socket<{ connection: ShimConnection }>;
  readonly #decoder = new FrameDecoder();
  readonly #unsent = new ByteQueue();
  readonly #asks = new Map<number, (answer: ClientAnswer) => void>();
  readonly #gone = Promise.withResolvers<void>();
  #events: ConnectionEvents | undefined;
  #nextAsk = 0;
  #ending = false;
  #drained: (() => void)[] = [];

  constructor(socket: Socket<{ connection: ShimConnection }>) {
    this.#socket = socket;
  }

  /** Resolves when the client is no more. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Bytes that the client has not taken yet. */
  get unsentBytes(): number {
    return this.#unsent.length;
  }

  listen(events: ConnectionEvents): void {
    this.#events = events;
  }

  output(bytes: Uint8Array): void {
    for (const frame of encodeWireBytes(WIRE.output, bytes)) this.#send(frame);
  }

  error(text: string): void {
    for (const frame of encodeWireBytes(WIRE.error, new TextEncoder().encode(text))) this.#send(frame);
  }

  ask(ask: Omit<ClientAsk, "id">): Promise<ClientAnswer> {
    const id = this.#nextAsk;
    this.#nextAsk += 1;
    return new Promise((resolve) => {
      this.#asks.set(id, resolve);
      this.#send(encodeWireJson(WIRE.ask, { ...ask, id }));
      void this.gone.then(() => resolve({ id, errno: "the client is gone" }));
    });
  }

  show(what: ClientShow): void {
    this.#send(encodeWireJson(WIRE.show, what));
  }

  exit(exit: ClientExit): void {
    if (this.#ending) return;
    this.#send(encodeWireJson(WIRE.exit, exit));
    this.#ending = true;
  }

  /** Resolves when everything that was said has been taken, or nobody takes it any more. */
  drainedBelow(bytes: number): Promise<void> {
    if (this.#unsent.length <= bytes) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  receive(bytes: Uint8Array): void {
    const framed = this.#decoder.push(bytes, ({ type, payload }) => this.#frame(type, payload));
    if (!framed.ok) this.#socket.terminate();
  }

  flush(): void {
    for (let chunk = this.#unsent.peek(); chunk !== undefined && this.#unsent.length > 0; chunk = this.#unsent.peek()) {
      const written = this.#socket.write(chunk);
      if (written <= 0) break;
      this.#unsent.drop(written);
      if (written < chunk.length) break;
    }
    if (this.#unsent.length === 0) for (const run of this.#drained.splice(0)) run();
  }

  closed(): void {
    this.#unsent.clear();
    for (const run of this.#drained.splice(0)) run();
    this.#gone.resolve();
    this.#events?.onGone();
  }

  #send(frame: Uint8Array): void {
    if (this.#ending) return;
    this.#unsent.push(frame);
    if (this.#unsent.length > MOST_UNREAD_BYTES) this.#socket.terminate();
    else this.flush();
  }

  #frame(type: number, payload: Uint8Array): void {
    switch (type) {
      case WIRE.hello:
        this.#send(encodeWire(WIRE.welcome, new Uint8Array(0)));
        return this.#events?.onHello(decodeWireJson<ClientHello>(payload));
      case WIRE.input:
        return this.#events?.onInput(payload.slice());
      case WIRE.inputEnd:
        return this.#events?.onInputEnd();
      case WIRE.resize:
        return this.#events?.onResize(decodeWireJson(payload));
      case WIRE.key:
        return this.#events?.onKey(decodeWireJson<{ key: string }>(payload).key);
      case WIRE.left:
        return this.#events?.onLeft(decodeWireJson(payload));
      case WIRE.answer: {
        const answer = decodeWireJson<ClientAnswer>(payload);
        this.#asks.get(answer.id)?.(answer);
        this.#asks.delete(answer.id);
      }
    }
  }
}
