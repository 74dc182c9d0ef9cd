import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { LineHistory } from "./line-history.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const line = (index: number) => `line ${index} ${"x".repeat(index % 97)}\n`;

/** As a flood does: some lines one by one, most in batches. */
function addUpTo(history: LineHistory, from: number, to: number): void {
  for (let at = from; at < to; ) {
    const count = Math.min(at % 3 === 0 ? 1 : 1 + (at % 150), to - at);
    const lines = Array.from({ length: count }, (_, index) => line(at + index));
    if (count === 1) history.add(Buffer.from(line(at).slice(0, -1)), false, false);
    else if (at % 2 === 0) history.addLines(Buffer.from(lines.join("").replaceAll("\n", "\r\n")), count, "crlf");
    else history.addLines(Buffer.from(lines.join("")), count);
    at += count;
  }
}

function expected(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => line(from + index)).join("");
}

test("a flood many times as long as what is kept, the last lines are there and nothing of those that left", () => {
  const history = new LineHistory(2000);
  addUpTo(history, 0, 50_000);
  expect(text(history.read(2000))).toBe(expected(48_000, 50_000));
  expect(text(history.read(undefined))).toBe(expected(50_000 - history.lines, 50_000));
});

test("a flood that rests and goes on, compressed and fresh blocks are read in order", () => {
  const history = new LineHistory(2000);
  addUpTo(history, 0, 5000);
  while (history.compress());
  addUpTo(history, 5000, 6000);
  expect(text(history.read(2000))).toBe(expected(4000, 6000));
  addUpTo(history, 6000, 20_000);
  while (history.compress());
  expect(text(history.read(2000))).toBe(expected(18_000, 20_000));
});

test("a line longer than a block between others, all are there", () => {
  const history = new LineHistory(2000);
  const long = "y".repeat(100_000);
  addUpTo(history, 0, 1500);
  history.add(Buffer.from(long), false, false);
  addUpTo(history, 1500, 2500);
  expect(text(history.read(undefined)).endsWith(`${line(1499)}${long}\n${expected(1500, 2500)}`)).toBe(true);
});

test("it rests again and again, also within a line, all is read in order and old lines still leave", () => {
  const history = new LineHistory(2000);
  for (let at = 0; at < 12_000; at += 300) {
    addUpTo(history, at, at + 299);
    const last = line(at + 299).slice(0, -1);
    history.add(Buffer.from(last.slice(0, 6)), true, false);
    while (history.compress());
    history.add(Buffer.from(last.slice(6)), false, true);
  }
  expect(text(history.read(2000))).toBe(expected(10_000, 12_000));
  expect(text(history.read(undefined))).toBe(expected(12_000 - history.lines, 12_000));
  expect(history.lines).toBeLessThan(2000 + 1500);
});

test("batches of lines as long as a block and longer, they are cut between lines and none is lost", () => {
  const history = new LineHistory(100_000);
  const lengths = [10, 32_766, 32_767, 32_768, 5, 40_000, 70_000, 1, 32_760, 3];
  const lines = lengths.map((length, index) => `${String.fromCharCode(97 + index).repeat(length)}`);
  history.addLines(Buffer.from(lines.map((one) => `${one}\r\n`).join("")), lines.length, "crlf");
  history.addLines(Buffer.from(lines.map((one) => `${one}\n`).join("")), lines.length);
  expect(history.lines).toBe(2 * lines.length);
  expect(text(history.read(undefined))).toBe([...lines, ...lines].map((one) => `${one}\n`).join(""));
});

test("any number of the last lines is asked for, it is the end of all of them", () => {
  const history = new LineHistory(5000);
  addUpTo(history, 0, 2000);
  while (history.compress());
  addUpTo(history, 2000, 2600);
  history.add(Buffer.from("z".repeat(50_000)), true, false);
  history.add(Buffer.from("z".repeat(50_000)), false, true);
  addUpTo(history, 2600, 3000);
  history.add(Buffer.from("not ended"), true, false);
  const all = text(history.read(undefined)).split("\n");
  for (let lines = 1; lines <= all.length; lines += lines < 700 ? amount(9, 1) : amount(397, 97)) {
    expect(text(history.read(lines))).toBe(all.slice(-lines).join("\n"));
  }
});

test("a few lines between very many rests, they are kept as small as if they had come at once", () => {
  const often = new LineHistory(5000);
  const once = new LineHistory(5000);
  const lines = amount(1000, 4000);
  for (let at = 0; at < lines; at += 2) {
    addUpTo(often, at, at + 2);
    while (often.compress());
  }
  addUpTo(once, 0, lines);
  while (once.compress());
  expect(text(often.read(undefined))).toBe(expected(0, lines));
  expect(often.bytesKept).toBeLessThan(2 * once.bytesKept);
});
