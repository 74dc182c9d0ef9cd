// Text that nobody ever reads: of a long flood most lines are forgotten unread, and what is kept, the screen and everything
// that outlives a line are the same as if all of it had been drawn.

import { expect, setDefaultTimeout, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { expectSame, fed, type Size } from "../../test/support/fed-screens.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { screenDifferences } from "../../test/support/screen-equality.ts";
import type { TakeLines } from "./direct-lines.ts";
import { ScreenFeed } from "./feed.ts";
import { Screen } from "./screen.ts";

// Many random streams; a busy machine is no failure.
setDefaultTimeout(180_000);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Feeds `output` whole and, in chunks, through a ScreenFeed of whose lines only the last `wanted` count: the same
 * screen, and of the lines the last ones. Returns how many bytes were forgotten.
 */
function compareKept(output: string, size: Size, wanted: number, random: RandomStream, name: string): number {
  const bytes = encoder.encode(output);
  const whole = fed(size, (screen) => screen.write(bytes));
  let forgotten = 0;
  const lazy = fed(size, (screen, onLines, forget) => {
    let before: number | undefined;
    const feed = new ScreenFeed(screen, onLines, {
      wanted,
      forget: () => {
        forget();
        before = screen.offset;
      },
    });
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + random.below(random.below(2) === 0 ? 65_536 : 4000);
      feed.push(bytes.subarray(at, at + length));
      forgotten += screen.offset - (before ?? screen.offset);
      before = undefined;
      at += length;
      if (random.below(300) === 0) feed.settle();
    }
    feed.settle();
    feed.dispose();
  });
  const [printed, kept] = [whole.left.split("\n"), lazy.left.split("\n").length];
  expect(kept, name).toBeGreaterThan(Math.min(wanted, printed.length - 1));
  expectSame(lazy, { ...whole, left: printed.slice(-kept).join("\n") }, name);
  return forgotten;
}

test("long floods with something odd in one line of thousands, the screen is the same as ever and the last lines are kept", () => {
  const odd = [
    "a\rb",
    "\r",
    "\n",
    "\t",
    "\b",
    "\x07",
    "\x1b[31mred",
    "\x1b[m",
    "é",
    "°\u00ad",
    "\u0085",
    "漢字",
    "\x0e",
    "\x0c",
  ];
  const ends = ["\r\n", "\r\n", "\r\n", "\r\r\n", "\n"];
  let forgotten = 0;
  for (let seed = 1; seed <= amount(2, 8); seed += 1) {
    const random = new RandomStream(3000 + seed);
    const size = { rows: 2 + random.below(30), cols: 10 + random.below(90), scrollback: random.below(60) };
    const rare = 2_000 + random.below(30_000);
    const end = random.pick(ends);
    const longest = random.pick([1, 4, 12]);
    const word = random.pick(["the quick brown fox ", "über 漢字 °C "]);
    const lines: string[] = [];
    for (let length = 0, index = 0; length < 900_000; index += 1) {
      const line = `${random.below(rare) === 0 ? random.pick(odd) : ""}${index} ${word.repeat(1 + random.below(longest))}${end}`;
      lines.push(line);
      length += line.length;
    }
    const begun = random.anything(20, size.rows, size.cols) + random.pick(["", "\x1bc", "\x1bc"]);
    forgotten += compareKept(begun + lines.join(""), size, random.below(3000), random, `seed ${seed}`);
  }
  expect(forgotten).toBeGreaterThan(100_000);
});

const LONG_FLOOD = Array.from(
  { length: 6000 },
  (_, line) => `${line} of a long flood of text${" and more of it".repeat(4)}\r\n`,
).join("");

test("something that outlives its line within a long flood, it counts however much follows", () => {
  const size = { rows: 24, cols: 80, scrollback: 50 };
  const pieces = [
    "\x1b[31mred",
    "\x1b[44m",
    "\u009b32m",
    "\x1b[?25l",
    "\x1b(0",
    "\x0e",
    "\x1b)0\x0e",
    "\x1b[5;10r",
    "\x1b#8",
  ];
  for (const piece of pieces.slice(0, amount(3, pieces.length))) {
    const output = LONG_FLOOD + piece + LONG_FLOOD;
    expect(compareKept(output, size, 500, new RandomStream(1), JSON.stringify(piece))).toBeGreaterThan(0);
  }
});

test("a sequence that is cut within a long flood, it counts however much follows", () => {
  const size = { rows: 24, cols: 80, scrollback: 50 };
  for (const piece of ["\x1b[31mred", "\u009b32m"]) {
    for (const cut of [1, 2, 3]) {
      const whole = new Screen(size);
      const screen = new Screen(size);
      const feed = new ScreenFeed(screen, () => {}, { wanted: 500, forget: () => {} });
      for (const part of [LONG_FLOOD + piece.slice(0, cut), piece.slice(cut) + LONG_FLOOD]) {
        const bytes = encoder.encode(part);
        whole.write(bytes);
        for (let at = 0; at < bytes.length; at += 20_000) feed.push(bytes.subarray(at, at + 20_000));
      }
      feed.settle();
      feed.dispose();
      expect(screenDifferences(whole, screen), `${JSON.stringify(piece)} cut at ${cut}`).toEqual([]);
    }
  }
});

test("a long flood of text, all but what may be asked for is forgotten unread", () => {
  let read = 0;
  let forgot = 0;
  const screen = new Screen({ rows: 24, cols: 80, scrollback: 50 });
  const feed = new ScreenFeed(screen, (lines) => (read += lines.length), { wanted: 1000, forget: () => (forgot += 1) });
  const chunk = encoder.encode(
    Array.from({ length: 500 }, (_, line) => `a line of plain text, number ${line}\r\n`).join(""),
  );
  for (let pushed = 0; pushed < 1000; pushed += 1) feed.push(chunk);
  expect(forgot).toBe(1);
  expect(screen.offset).toBeGreaterThan(980 * chunk.length);
  feed.settle();
  feed.dispose();
  expect(screen.offset).toBe(1000 * chunk.length);
  // What the flood began with, and what is kept in the end.
  expect(read).toBeLessThan(1_000_000);
});

test("a long flood of lines that nobody can forget, little of it waits", () => {
  for (const line of [`${"x".repeat(5000)}\r\n`, "no carriage return\n", "no end at all "]) {
    const screen = new Screen({ rows: 24, cols: 80, scrollback: 50 });
    const feed = new ScreenFeed(screen, () => {}, { wanted: 10_000, forget: () => expect.unreachable() });
    const chunk = encoder.encode(line.repeat(Math.ceil(40_000 / line.length)));
    for (let pushed = 1; pushed <= 150; pushed += 1) {
      feed.push(chunk);
      expect(pushed * chunk.length - screen.offset).toBeLessThan(3 * 1024 * 1024);
    }
    feed.settle();
    expect(screen.offset).toBe(150 * chunk.length);
    feed.dispose();
  }
});

test("a long flood that pauses, what was not read is drawn without anybody asking", async () => {
  const size = { rows: 24, cols: 80, scrollback: 50 };
  const lines = 120_000;
  let left = 0;
  const allLeft = Promise.withResolvers<void>();
  const leave = (count: number) => {
    left += count;
    // The others are on the screen and above it.
    if (left === lines - size.scrollback - (size.rows - 1)) allLeft.resolve();
  };
  const screen = new Screen({ ...size, onLineLeft: () => leave(1) });
  const onLines: TakeLines = (text) => leave(decoder.decode(text).split("\n").length - 1);
  const feed = new ScreenFeed(screen, onLines, { wanted: lines, forget: () => expect.unreachable() });
  for (let pushed = 0; pushed < 40; pushed += 1) feed.push(encoder.encode("plain text\r\n".repeat(lines / 40)));
  expect(left).toBeLessThan(lines / 2);
  await allLeft.promise;
  expect(feed.backlog).toBe(0);
  feed.dispose();
});
