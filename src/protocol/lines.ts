// The framing of the host socket: one JSON message per line, ended by \n (and only by it: U+2028 inside a
// string is no line end). Used by client/ and host/.

import { type Failure, fail, ok, type Result } from "../base/result.ts";
import { MAX_LINE_BYTES } from "./limits.ts";
import { PartialMessage } from "./partial-message.ts";

export function encodeLine(message: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(message)}\n`);
}

/** Turns the bytes of a socket, cut anywhere, into lines of text. */
export class LineDecoder {
  /** The line whose end has not arrived yet. */
  readonly #begun = new PartialMessage();
  #broken: Failure | undefined;

  /**
   * Calls `sink` for each whole line; a failure means that the connection must be closed, and whatever is pushed
   * afterwards is dropped.
   */
  push(data: Uint8Array, sink: (line: string) => void): Result<undefined> {
    let at = 0;
    while (this.#broken === undefined) {
      const feed = data.indexOf(LINE_FEED, at);
      const piece = data.subarray(at, feed < 0 ? data.length : feed);
      if (this.#begun.length + piece.length > MAX_LINE_BYTES) return this.#break();
      if (feed < 0) {
        this.#begun.add(piece);
        return ok();
      }
      at = feed + 1;
      const line = this.#whole(piece);
      if (line.length > 0) sink(decoder.decode(line));
    }
    return this.#broken;
  }

  #whole(piece: Uint8Array): Uint8Array {
    if (this.#begun.length === 0) return piece;
    this.#begun.add(piece);
    return this.#begun.take();
  }

  #break(): Failure {
    this.#begun.clear();
    this.#broken = fail("protocol", `a message is longer than ${MAX_LINE_BYTES} bytes`);
    return this.#broken;
  }
}

const LINE_FEED = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
