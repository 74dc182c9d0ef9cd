// One Unix socket, the same on Bun and on Node. Bun.connect saves 8 ms of start-up against node:net
// (measured, compiled executable), so each runtime gets its own. Node's is loaded only when it is used; Bun's is a few
// lines that name nothing of Bun's before they run.

import { open as openOnBun } from "./transport-bun.ts";

export interface Transport {
  /** Queues bytes; they are copied or owned by the transport afterwards. */
  write(bytes: Uint8Array): void;
  /** Bytes queued here that the socket has not taken yet. */
  readonly pendingBytes: number;
  /** Stop and resume delivering data: the peer then sees a slow reader. */
  pause(): void;
  resume(): void;
  /** Closes after what is queued has been sent. */
  end(): void;
  /** Closes now. */
  destroy(): void;
}

export interface TransportHandlers {
  /** Valid only during the call. */
  onData(bytes: Uint8Array): void;
  /** Called exactly once, with the error that broke the connection if there was one. */
  onClose(error?: Error): void;
}

/** Connects to a Unix socket; rejects with the system's error (ENOENT, ECONNREFUSED, EACCES, ...). */
export async function connectSocket(path: string, handlers: TransportHandlers): Promise<Transport> {
  const open = typeof Bun === "undefined" ? (await import("./transport-node.ts")).open : openOnBun;
  return open(path, handlers);
}
