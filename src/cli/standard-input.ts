// Standard input in pieces, read synchronously: process.stdin costs 4 ms of start-up and reads ahead, which a
// sender that waits for its receiver must not.

import { BideError, errnoOf } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";
import { nodeFs } from "../base/quick-calls.ts";

/**
 * Bytes read into `buffer`; 0 at the end. Waits for input.
 *
 * @throws BideError `failed`: a directory, a file that is open for writing only.
 */
export function readInput(buffer: Uint8Array): number {
  for (;;) {
    try {
      return nodeFs().readSync(0, buffer);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === "EOF") return 0;
      // A terminal that hung up has nothing more to say.
      if (errno === "EIO") return 0;
      if (errno !== "EAGAIN") throw inputFailure(error);
      // Somebody made the shared descriptor non-blocking.
      Bun.sleepSync(5);
    }
  }
}

/** What was read, where only text can be passed on. @throws BideError `bad_value` when it is none. */
export function inputText(pieces: readonly Uint8Array[], what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces));
  } catch (cause) {
    throw new BideError("bad_value", `${what} on standard input is no UTF-8`, {
      hint: "iconv makes UTF-8 of it; `bide send` and `bide write` take any bytes",
      cause,
    });
  }
}

export function inputFailure(error: unknown): BideError {
  return BideError.from(fileFailure("read standard input", error));
}
