import { expect, test } from "bun:test";
import { MarkScanner } from "./mark-scanner.ts";

const STREAM = Buffer.from(
  "x\x1b]133;A;bide=n\x07$ \x1b]133;B;bide=n\x1b\\é\r\n\x1b]633;E;a\\x3bb\\\\c;n\x07\x1b]133;C;bide=n;run=7\x07" +
    "out\x1b[31mred\x1b]0;133;D\x07\x1b]8;;http://x\x07\x1b]13\x1b]133;D;3;bide=n\x07\x1b]7;file:///a%20b\x07\x1b]633;P;Cwd=/é;n\x07",
);

/** The marks of the stream in pieces of `size` bytes, beginning at offset 1000. */
function marksOf(size: number) {
  const scanner = new MarkScanner();
  const marks = [];
  for (let at = 0; at < STREAM.length; at += size) {
    marks.push(...scanner.scan(STREAM.subarray(at, at + size), 1000 + at));
  }
  return { marks, held: scanner.held };
}

test("marks of a shell, each with its meaning and nonce", () => {
  expect(marksOf(STREAM.length).marks.map(({ start: _, end: __, ...mark }) => mark)).toEqual([
    { kind: "prompt", nonce: "n" },
    { kind: "input", nonce: "n" },
    { kind: "text", nonce: "n", value: "a;b\\c" },
    { kind: "output", nonce: "n", run: 7, text: undefined },
    { kind: "finished", nonce: "n", exitCode: 3 },
    { kind: "cwd", nonce: undefined, value: "/a b" },
    { kind: "cwd", nonce: "n", value: "/é" },
  ]);
});

test("the same marks at the same offsets, wherever the stream is cut", () => {
  const whole = marksOf(STREAM.length);
  expect(whole.marks[0]).toMatchObject({ start: 1001, end: 1001 + "\x1b]133;A;bide=n\x07".length });
  for (let size = 1; size < STREAM.length; size += 1) expect(marksOf(size)).toEqual(whole);
});

test("a mark that never ends, given up instead of kept", () => {
  const scanner = new MarkScanner();
  scanner.scan(Buffer.from("\x1b]133;C;"), 0);
  expect(scanner.held).toBe(8);
  for (let count = 0; count < 10; count += 1) scanner.scan(Buffer.alloc(10_000, "x"), 8 + count * 10_000);
  expect(scanner.held).toBe(0);
});
