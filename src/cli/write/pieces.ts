// Standard input in pieces of one size, read without blocking: while it is slow the far side must be told that
// somebody is still there.

import { inputFailure } from "../standard-input.ts";

/**
 * Yields pieces of `size()` bytes, asked before each; only the last may be smaller, and none is empty.
 *
 * @throws BideError `failed` when the input cannot be read.
 */
export async function* inputPieces(input: ReadableStream<Uint8Array>, size: () => number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of readable(input)) {
    parts.push(bytes);
    length += bytes.length;
    for (let wanted = size(); length >= wanted; wanted = size()) {
      const all = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
      yield all.subarray(0, wanted);
      parts = [all.subarray(wanted)];
      length -= wanted;
    }
  }
  if (length > 0) yield Buffer.concat(parts);
}

async function* readable(input: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* input;
  } catch (error) {
    throw inputFailure(error);
  }
}
