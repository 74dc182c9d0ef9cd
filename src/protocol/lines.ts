// The framing of the host socket: one JSON message per line, ended by \n (and only by it: U+2028 inside a
// string is no line end). Used by client/ and host/.

import { concat } from "../base/byte-queue.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { MAX_LINE_BYTES } from "./limits.ts";

export function encodeLine(message: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(message)}\n`);
}

/** Turns the bytes of a socket, cut anywhere, into lines of text. */
export class LineDecoder {
  #parts: Uint8Array[] = [];
  #waiting = 0;

  /** Calls `sink` for each whole line; a failure means that the connection must be closed. */
  push(data: Uint8Array, sink: (line: string) => void): Result<undefined> {
    let at = 0;
    for (;;) {
      const end = data.indexOf(10, at);
      if (end < 0) break;
      const piece = data.subarray(at, end);
      if (this.#waiting + piece.length > MAX_LINE_BYTES) return tooLong();
      const line = this.#waiting > 0 ? concat([...this.#parts, piece]) : piece;
      this.#parts = [];
      this.#waiting = 0;
      at = end + 1;
      if (line.length > 0) sink(decoder.decode(line));
    }
    if (at < data.length) {
      this.#parts.push(data.slice(at));
      this.#waiting += data.length - at;
      if (this.#waiting > MAX_LINE_BYTES) return tooLong();
    }
    return ok();
  }
}

function tooLong(): Result<undefined> {
  return fail("protocol", `a message is longer than ${MAX_LINE_BYTES} bytes`);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
