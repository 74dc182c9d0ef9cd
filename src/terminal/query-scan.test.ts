// A look at raw output for questions, whatever the cuts between chunks.

import { expect, test } from "bun:test";
import { asksOrNames, QueryWatch } from "./query-scan.ts";

const encoder = new TextEncoder();

test("plain and coloured output in any chunks, nothing to hurry for", () => {
  const bytes = encoder.encode("one\r\n\x1b[1;38;5;208mtwo\x1b[m\x1b[2K\x1b7\x1b8 three\x1b[10;20H");
  for (let size = 1; size <= bytes.length; size += 1) {
    const watch = new QueryWatch();
    for (let at = 0; at < bytes.length; at += size) expect(watch.push(bytes.subarray(at, at + size))).toBe(false);
  }
});

for (const query of [
  "\x1b[c",
  "\x1b[6n",
  "\x1b[?2026$p",
  "\x1b[>0q",
  "\x1b[?u",
  "\x1b[14t",
  "\x1b]11;?\x07",
  "\x1bP$qm\x1b\\",
]) {
  test(`${JSON.stringify(query)} in any chunks, seen with the chunk that completes it at the latest`, () => {
    const bytes = encoder.encode(`a\x1b[1mb${query}`);
    expect(asksOrNames(bytes)).toBe(true);
    for (let size = 1; size <= bytes.length; size += 1) {
      const watch = new QueryWatch();
      let seen = false;
      for (let at = 0; at < bytes.length; at += size) seen = watch.push(bytes.subarray(at, at + size)) || seen;
      expect(seen).toBe(true);
    }
  });
}

test("a sequence without an end, looked at rather than kept", () => {
  const watch = new QueryWatch();
  expect(watch.push(encoder.encode(`\x1b[${"1;".repeat(1000)}`))).toBe(true);
});
