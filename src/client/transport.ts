// One Unix socket, the same on Bun and on Node. Bun.connect saves 8 ms of start-up against node:net
// (measured, compiled executable), so each runtime gets its own. Node's is loaded only when it is used; Bun's is a few
// lines that name nothing of Bun's before they run.

import { BideError } from "../base/errors.ts";
import { checkSocketFile } from "../base/socket-file.ts";
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

/**
 * The same for a socket that must be one of ours: a link or another user's socket is refused (`unsafe_file`), and who
 * listens there hears nothing from us (faults S2).
 */
export async function connectOwnSocket(path: string, handlers: TransportHandlers): Promise<Transport> {
  const transport = await connectSocket(path, handlers);
  // Looked at after connecting and before anything is said; gone already is what a session that just ends does.
  const checked = checkSocketFile(path);
  if (checked.ok) return transport;
  transport.destroy();
  throw BideError.from(checked);
}
