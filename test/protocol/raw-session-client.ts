// The session socket as a client in another language would speak it: frames written by hand, with the numbers of
// docs/protocol.md, so that wrong ones can be sent too. It uses none of our protocol or client code.

import { RawSocket } from "./raw-socket.ts";

export interface RawFrame {
  readonly type: number;
  readonly payload: Buffer;
  /** The payload of a JSON frame. */
  json(): Record<string, unknown>;
}

export const HELLO = 1;
export const ATTACH = 2;
export const INPUT = 3;
export const REQUEST = 6;
export const WELCOME = 65;
export const ATTACHED = 66;
export const REPLAY = 67;
export const LIVE = 68;
export const OUTPUT = 69;
export const EVENT = 70;
export const RESPONSE = 71;
export const EXIT = 73;
export const ERROR = 75;
export const BYTES = 76;

/** A frame, with any type and with any length in its header. */
export function rawFrame(type: number, payload: string | Uint8Array = "", length?: number): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32LE(length ?? body.length, 1);
  return Buffer.concat([header, body]);
}

export function jsonFrame(type: number, value: unknown): Buffer {
  return rawFrame(type, JSON.stringify(value));
}

export class RawSessionClient {
  #socket: RawSocket | undefined;
  #received = Buffer.alloc(0);
  readonly #frames: RawFrame[] = [];
  #waiting: { resolve(): void; reject(error: Error): void } | undefined;

  static async connect(path: string): Promise<RawSessionClient> {
    const client = new RawSessionClient();
    client.#socket = await RawSocket.connect(path, {
      onBytes: (bytes) => client.#receive(bytes),
      onClosed: () => client.#waiting?.reject(new Error("the worker closed the connection")),
    });
    return client;
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#socket?.closed ?? Promise.resolve();
  }

  send(...pieces: Uint8Array[]): void {
    this.#socket?.send(pieces);
  }

  /** The next frame in order; rejects when the connection closes before it comes. */
  async next(): Promise<RawFrame> {
    for (;;) {
      const first = this.#frames.shift();
      if (first !== undefined) return first;
      if (this.#socket?.isClosed) throw new Error("the worker closed the connection");
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#waiting = { resolve, reject };
      await promise;
    }
  }

  /** The next frame of one of these types; those before it are dropped. */
  async nextOf(...types: number[]): Promise<RawFrame> {
    for (;;) {
      const frame = await this.next();
      if (types.includes(frame.type)) return frame;
    }
  }

  async greet(
    hello: Record<string, unknown> = { protocol: 1, version: "0.0.0-raw" },
  ): Promise<Record<string, unknown>> {
    this.send(jsonFrame(HELLO, hello));
    return (await this.nextOf(WELCOME, ERROR)).json();
  }

  /** One request with no other under way: its response and the bytes that came before it. */
  async ask(
    id: number,
    method: string,
    params?: unknown,
  ): Promise<{ response: Record<string, unknown>; bytes: Buffer }> {
    this.send(jsonFrame(REQUEST, { id, method, params }));
    const pieces: Buffer[] = [];
    for (;;) {
      const frame = await this.nextOf(BYTES, RESPONSE, ERROR);
      if (frame.type !== BYTES) return { response: frame.json(), bytes: Buffer.concat(pieces) };
      if (frame.payload.readUInt32LE(0) !== id) throw new Error("bytes of another request");
      pieces.push(frame.payload.subarray(4));
    }
  }

  close(): void {
    this.#socket?.end();
  }

  #receive(bytes: Uint8Array): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= 5) {
      const end = 5 + this.#received.readUInt32LE(1);
      if (this.#received.length < end) break;
      const payload = Buffer.from(this.#received.subarray(5, end));
      this.#frames.push({ type: this.#received.readUInt8(0), payload, json: () => JSON.parse(payload.toString()) });
      this.#received = this.#received.subarray(end);
    }
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }
}
