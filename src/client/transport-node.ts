// The Node side of transport.ts.

import { createConnection } from "node:net";
import type { Transport, TransportHandlers } from "./transport.ts";

export function open(path: string, handlers: TransportHandlers): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    let failure: Error | undefined;
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.on("error", (error) => {
        failure = error;
      });
      socket.on("data", (bytes) => {
        if (typeof bytes !== "string") handlers.onData(bytes);
      });
      socket.once("close", () => handlers.onClose(failure));
      resolve({
        write: (bytes) => void socket.write(bytes),
        get pendingBytes() {
          return socket.writableLength;
        },
        pause: () => void socket.pause(),
        resume: () => void socket.resume(),
        end: () => void socket.end(),
        destroy: () => void socket.destroy(),
      });
    });
  });
}
