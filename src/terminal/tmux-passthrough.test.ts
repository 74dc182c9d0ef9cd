// Unwrapping of what programs wrap for tmux, over every chunking.

import { expect, test } from "bun:test";
import { TmuxPassthrough } from "./tmux-passthrough.ts";

const encoder = new TextEncoder();

/** The text through a fresh unwrapper in chunks of `size`. */
function unwrapped(text: string, size: number): string {
  const passthrough = new TmuxPassthrough();
  const bytes = encoder.encode(text);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(passthrough.unwrap(bytes.subarray(at, at + size)));
  parts.push(passthrough.flush());
  return Buffer.concat(parts).toString();
}

const CASES: [string, string, string][] = [
  ["a wrapped OSC", "a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b", "a\x1b]52;c;eA==\x07b"],
  ["a wrapped OSC with ST", "\x1bPtmux;\x1b\x1b]11;#fff\x1b\x1b\\\x1b\\x", "\x1b]11;#fff\x1b\\x"],
  ["two of them", "\x1bPtmux;1\x1b\\\x1bPtmux;2\x1b\\", "12"],
  ["another DCS", "\x1bP$qm\x1b\\x", "\x1bP$qm\x1b\\x"],
  ["something that only begins alike", "\x1bPtmu\x1bPtm\x1b[31m", "\x1bPtmu\x1bPtm\x1b[31m"],
  ["ESC ESC P", "\x1b\x1bPtmux;y\x1b\\", "\x1by"],
  ["the stream ends inside the opening", "x\x1bPtm", "x\x1bPtm"],
  ["an ESC that is not doubled", "\x1bPtmux;a\x1b[1mb\x1b\\c", "a\x1b[1mbc"],
];

for (const [name, wrapped, plain] of CASES) {
  test(`${name}, every chunking gives the same`, () => {
    for (let size = 1; size <= wrapped.length; size += 1) expect(unwrapped(wrapped, size)).toBe(plain);
  });
}

test("output without any, the very same bytes come back uncopied", () => {
  const chunk = encoder.encode("plain \x1b[31mred\x1b[m \x1b]2;t\x07");
  expect(new TmuxPassthrough().unwrap(chunk)).toBe(chunk);
});
