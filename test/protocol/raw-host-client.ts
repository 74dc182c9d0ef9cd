// The host socket as a client in another language would speak it: lines of JSON, written by hand, so that wrong
// ones can be sent too. It uses none of our client code.

import { RawSocket } from "./raw-socket.ts";

export interface Answer {
  readonly jsonrpc: string;
  readonly id: number | string | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: Record<string, unknown> };
}

export class RawHostClient {
  #socket: RawSocket | undefined;
  #text = "";
  readonly #decoder = new TextDecoder();
  #answers: Answer[] = [];
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  #nextId = 1;

  static async connect(path: string): Promise<RawHostClient> {
    const client = new RawHostClient();
    client.#socket = await RawSocket.connect(path, {
      onBytes: (bytes) => client.#receive(bytes),
      onClosed: () => client.#waiting?.reject(new Error("the host closed the connection")),
    });
    return client;
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#socket?.closed ?? Promise.resolve();
  }

  send(...pieces: (string | Uint8Array)[]): void {
    this.#socket?.send(pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece)));
  }

  /** The next answer that has not been taken yet; rejects when the connection closes before it comes. */
  next(): Promise<Answer> {
    const first = this.#answers.shift();
    if (first !== undefined) return Promise.resolve(first);
    if (this.#socket?.isClosed) return Promise.reject(new Error("the host closed the connection"));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting = { resolve, reject };
    return promise;
  }

  /** One request on a connection with no other under way; throws what the host answers as an error. */
  async call(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    this.send(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    const answer = await this.next();
    if (answer.error !== undefined || answer.id !== id) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer.result;
  }

  close(): void {
    this.#socket?.end();
  }

  #receive(bytes: Uint8Array): void {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    for (let end = this.#text.indexOf("\n"); end >= 0; end = this.#text.indexOf("\n")) {
      this.#answers.push(JSON.parse(this.#text.slice(0, end)) as Answer);
      this.#text = this.#text.slice(end + 1);
    }
    const first = this.#waiting === undefined ? undefined : this.#answers.shift();
    if (first === undefined) return;
    this.#waiting?.resolve(first);
    this.#waiting = undefined;
  }
}
