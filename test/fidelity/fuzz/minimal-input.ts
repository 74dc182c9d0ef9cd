// Makes an input that breaks a promise as short as possible, for the report of the fuzzer: takes away ever smaller parts
// of it while it still breaks one.

import type { FuzzInput } from "./fuzz-input.ts";

export function minimalInput(input: FuzzInput, breaks: (input: FuzzInput) => boolean): FuzzInput {
  let best = input;
  for (let part = Math.ceil(best.bytes.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < best.bytes.length; ) {
      const bytes = new Uint8Array([...best.bytes.subarray(0, at), ...best.bytes.subarray(at + part)]);
      if (breaks({ ...best, bytes })) best = { ...best, bytes };
      else at += part;
    }
  }
  return best;
}

/** As a string literal that can be put into a test: one character for each byte. */
export function asLiteral({ bytes }: FuzzInput): string {
  return JSON.stringify(Buffer.from(bytes).toString("latin1")).replaceAll(
    /[\x7f-\xff]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16)}`,
  );
}
