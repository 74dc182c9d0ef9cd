// Lines that nobody looked at yet: in order, each byte once, forgotten only from the front and up to the end of a line.

import { expect, test } from "bun:test";
import { RandomStream } from "../../test/support/random-streams.ts";
import { UnreadLines } from "./unread-lines.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function takeAll(unread: UnreadLines): string {
  let text = "";
  for (let bytes = unread.take(); bytes !== undefined; bytes = unread.take()) text += decoder.decode(bytes);
  return text;
}

test("lines in random pieces, what was not forgotten comes out as it went in and begins a line", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = new RandomStream(seed);
    const unread = new UnreadLines();
    const most = random.below(4000);
    let all = "";
    let forgotten = 0;
    for (let piece = 0; piece < 60; piece += 1) {
      const line = `${piece} ${"word ".repeat(random.below(30))}${random.pick(["\r\n", "\r\n", "\r\n", "\n"])}`;
      const text = line.repeat(random.below(400)) + random.pick(["", "cut"]);
      unread.add(encoder.encode(text));
      all += text;
      forgotten += unread.forget(most);
      expect(unread.length).toBe(all.length - forgotten);
    }
    const left = takeAll(unread);
    expect(left).toBe(all.slice(forgotten));
    expect(unread.length).toBe(0);
    if (forgotten === 0) continue;
    expect(all.slice(forgotten - 2, forgotten)).toBe("\r\n");
    expect(left.split("\n").length - 1).toBeGreaterThanOrEqual(most);
  }
});

test("a long flood of lines, little more than what is wanted is kept", () => {
  const unread = new UnreadLines();
  const line = encoder.encode(`${"x".repeat(98)}\r\n`);
  for (let count = 0; count < 50_000; count += 1) {
    unread.add(line);
    unread.forget(10_000);
    expect(unread.length).toBeLessThan(1_000_000 + 3 * 65_536);
  }
});

test("no line that ends in CR LF, nothing is forgotten", () => {
  const unread = new UnreadLines();
  for (const text of ["line\n".repeat(30_000), "x".repeat(200_000), "\r".repeat(70_000)]) {
    unread.add(encoder.encode(text));
    expect(unread.forget(0)).toBe(0);
  }
  expect(unread.length).toBe(420_000);
});
