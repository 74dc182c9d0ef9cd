// A connection of the raw clients, which speak to bide as a client in another language would: bytes out in order and
// however large, bytes in as they come, and a promise for its end.

import type { Socket } from "bun";

export interface RawSocketHandlers {
  onBytes(bytes: Uint8Array): void;
  onClosed(): void;
}

export class RawSocket {
  #socket: Socket<undefined> | undefined;
  readonly #closing = Promise.withResolvers<void>();
  #isClosed = false;
  #unsent: Uint8Array[] = [];

  /** Rejects when nobody listens at the path. */
  static async connect(path: string, handlers: RawSocketHandlers): Promise<RawSocket> {
    const raw = new RawSocket();
    raw.#socket = await Bun.connect<undefined>({
      unix: path,
      socket: {
        binaryType: "uint8array",
        data: (_socket, bytes) => handlers.onBytes(bytes),
        drain: () => raw.#flush(),
        end: (socket) => void socket.end(),
        close: () => {
          raw.#isClosed = true;
          handlers.onClosed();
          raw.#closing.resolve();
        },
        error: () => {},
      },
    });
    return raw;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#closing.promise;
  }

  send(pieces: readonly Uint8Array[]): void {
    this.#unsent.push(...pieces);
    this.#flush();
  }

  end(): void {
    this.#socket?.end();
  }

  #flush(): void {
    for (let first = this.#unsent[0]; first !== undefined; first = this.#unsent[0]) {
      const written = Math.max(0, this.#socket?.write(first) ?? 0);
      if (written < first.length) {
        this.#unsent[0] = first.subarray(written);
        return;
      }
      this.#unsent.shift();
    }
  }
}
