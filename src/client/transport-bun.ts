// The Bun side of transport.ts. Bun's socket takes what it can at once and reports the rest as not written,
// so the rest is queued here and sent on drain.

import { ByteQueue } from "../base/byte-queue.ts";
import type { Transport, TransportHandlers } from "./transport.ts";

export async function open(path: string, handlers: TransportHandlers): Promise<Transport> {
  const queue = new ByteQueue();
  let ending = false;
  let closed = false;
  let failure: Error | undefined;

  const close = () => {
    if (closed) return;
    closed = true;
    queue.clear();
    handlers.onClose(failure);
  };
  const flush = () => {
    for (let chunk = queue.peek(); chunk !== undefined && queue.length > 0; chunk = queue.peek()) {
      const written = socket.write(chunk);
      if (written < 0) return;
      queue.drop(written);
      if (written < chunk.length) return;
    }
    if (ending) socket.end();
  };

  const socket = await Bun.connect({
    unix: path,
    socket: {
      binaryType: "uint8array",
      data: (_socket, bytes) => handlers.onData(bytes),
      drain: flush,
      close,
      end: () => {
        // The peer is done; nobody here keeps a half-open connection.
        socket.end();
      },
      error: (_socket, error) => {
        failure = error;
      },
    },
  });
  return {
    write(bytes) {
      if (closed || ending) return;
      const waiting = queue.length > 0;
      queue.push(bytes);
      if (!waiting) flush();
    },
    get pendingBytes() {
      return queue.length;
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    end() {
      ending = true;
      if (queue.length === 0) socket.end();
    },
    destroy() {
      queue.clear();
      socket.terminate();
    },
  };
}
