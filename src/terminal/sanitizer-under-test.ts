// The sanitizer as its tests run it: text or bytes in, in pieces of any size, lines out. Used by tests only.

import { LineSanitizer, type SanitizedLine } from "./sanitize.ts";

const encoder = new TextEncoder();

type Input = string | readonly number[] | Uint8Array;

export function bytesOf(input: Input): Uint8Array {
  if (input instanceof Uint8Array) return input;
  return typeof input === "string" ? encoder.encode(input) : new Uint8Array(input);
}

/** `chunk`: how many bytes go in at once. */
export function linesOf(input: Input, chunk = Number.POSITIVE_INFINITY): SanitizedLine[] {
  const bytes = bytesOf(input);
  const sanitizer = new LineSanitizer();
  const lines: SanitizedLine[] = [];
  for (let at = 0; at < bytes.length; at += chunk) lines.push(...sanitizer.write(bytes.subarray(at, at + chunk)));
  lines.push(...sanitizer.end());
  return lines;
}

export function textOf(input: Input): string {
  return linesOf(input)
    .map((line) => line.text)
    .join("\n");
}
