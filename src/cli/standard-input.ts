// Standard input in pieces, read synchronously: process.stdin costs 4 ms of start-up and reads ahead, which a
// sender that waits for its receiver must not.

import { errnoOf } from "../base/errors.ts";
import { nodeFs } from "../base/quick-calls.ts";

/** Bytes read into `buffer`; 0 at the end. Waits for input. */
export function readInput(buffer: Uint8Array): number {
  for (;;) {
    try {
      return nodeFs().readSync(0, buffer);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === "EOF") return 0;
      // A terminal that hung up has nothing more to say.
      if (errno === "EIO") return 0;
      if (errno !== "EAGAIN") throw error;
      // Somebody made the shared descriptor non-blocking.
      Bun.sleepSync(5);
    }
  }
}
