// Lazy feeding: the same screen, scrollback, pen and offset as feeding every byte, for a fraction of the work.

import { expect, setDefaultTimeout, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { expectSame, fed, type Size } from "../../test/support/fed-screens.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { ScreenFeed } from "./feed.ts";
import { Screen } from "./screen.ts";

// Many random streams; a busy machine is no failure.
setDefaultTimeout(180_000);

const encoder = new TextEncoder();

/** Feeds `output` whole and, in chunks, through a ScreenFeed; returns how many bytes were never drawn. */
function compare(output: string, size: Size, random: RandomStream, name: string): number {
  const bytes = encoder.encode(output);
  const whole = fed(size, (screen) => screen.write(bytes));
  let undrawn = 0;
  const lazy = fed(size, (screen, onLines) => {
    const feed = new ScreenFeed(screen, (lines, count, ending) => {
      undrawn += lines.length;
      onLines(lines, count, ending);
    });
    for (let at = 0; at < bytes.length; ) {
      // As the PTY gives it: a few KiB at a time, or all that its reader has room for.
      const length = 1 + random.below(random.below(4) === 0 ? 65_536 : 4000);
      feed.push(bytes.subarray(at, at + length));
      at += length;
      if (random.below(100) === 0) feed.settle();
    }
    feed.settle();
    feed.dispose();
  });
  expectSame(lazy, whole, name);
  return undrawn;
}

test("floods of random plain output with something else now and then, screen and history are the same as ever", () => {
  let undrawn = 0;
  // The few are some of which lines are never drawn.
  for (let seed = amount(5, 1); seed <= amount(7, 10); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 2 + random.below(10), cols: 10 + random.below(40), scrollback: random.below(30) };
    let output = random.anything(20, size.rows, size.cols) + random.pick(["", "\x1bc", "\x1bc"]);
    for (let part = 0; part < 4; part += 1) {
      output += random.plain(5000) + (random.below(3) === 0 ? random.anything(2, size.rows, size.cols) : "");
    }
    undrawn += compare(output, size, random, `seed ${seed}`);
  }
  expect(undrawn).toBeGreaterThan(1000);
});

const LOG_PARTS = [
  ...["word ", "0123456789", "漢字", "ß ", "🚀", "─│", "/a/path:12: ", "the quick brown fox jumps over the lazy dog "],
  ...["e\u0301", "\t", "\t", "a\rb", "a\b", "\x07", "👨‍👩‍👧"],
];
const LOG_SGR = "|0|31|1;32|38;5;208|38;2;1;40;3|39|22|4|24|7|27|1|2|3|23|42|48;5;17|49|58:5:9|59|0;1|31;0".split("|");

test("floods of random log lines, screen and history are the same as ever and much of it is never drawn", () => {
  let undrawn = 0;
  let bytes = 0;
  for (let seed = amount(3, 1); seed <= amount(5, 10); seed += 1) {
    const random = new RandomStream(1000 + seed);
    const size = { rows: 2 + random.below(10), cols: 10 + random.below(90), scrollback: random.below(30) };
    // The odd parts, and pens that reach over lines, only in some of the streams.
    const odd = random.below(3) === 0 ? LOG_PARTS.length : 8;
    const reset = random.below(2) === 0 ? "\x1b[m" : "";
    const line = () => {
      let text = "";
      for (let part = random.below(8); part > 0; part -= 1) {
        if (random.below(3) === 0) text += `\x1b[${random.pick(LOG_SGR)}m`;
        text += LOG_PARTS[random.below(odd)];
      }
      return `${text}${reset}\r\n`;
    };
    const before = random.anything(20, size.rows, size.cols) + random.pick(["", "\x1bc", "\x1bc"]);
    const output = before + Array.from({ length: 2000 }, line).join("");
    bytes += output.length;
    undrawn += compare(output, size, random, `seed ${seed}`);
  }
  expect(undrawn).toBeGreaterThan(bytes / 5);
});

test("floods of ASCII with something odd in one line of hundreds, screen and history are the same as ever", () => {
  let undrawn = 0;
  const odd = [
    "a\rb",
    "\r",
    "\n",
    "\t",
    "\b",
    "\x07",
    "\x1b[31mred",
    "\x1b[m",
    "\x1b[44m",
    "é",
    "漢字",
    "\x1b[2;1H",
    "\x7f",
    "\x1b",
  ];
  for (let seed = 1; seed <= amount(2, 10); seed += 1) {
    const random = new RandomStream(2000 + seed);
    const size = { rows: 2 + random.below(10), cols: 10 + random.below(90), scrollback: random.below(30) };
    const line = (_: unknown, index: number) => {
      const text = `${index} ${"the quick brown fox ~!@ ".repeat(random.below(8))}`;
      return `${random.below(400) === 0 ? random.pick(odd) : ""}${text}${random.below(400) === 0 ? random.pick(odd) : ""}\r\n`;
    };
    undrawn += compare(Array.from({ length: 5000 }, line).join(""), size, random, `seed ${seed}`);
  }
  expect(undrawn).toBeGreaterThan(amount(250_000, 500_000));
});

test("a flood of plain lines, only what can still be seen is drawn and every line is kept", () => {
  let drawn = 0;
  let direct = 0;
  const screen = new Screen({ rows: 24, cols: 80, scrollback: 200, onLineLeft: () => (drawn += 1) });
  const feed = new ScreenFeed(screen, (_, count = 0) => (direct += count));
  const chunk = encoder.encode(Array.from({ length: 1000 }, (_, line) => `\x1b[32mline\x1b[m ${line}\r\n`).join(""));
  for (let pushed = 0; pushed < 100; pushed += 1) feed.push(chunk);
  feed.settle();
  feed.dispose();
  expect(direct).toBeGreaterThan(95_000);
  // The lines of the screen and its scrollback have not left.
  expect(drawn + direct).toBe(100_000 - 200 - 23);
  expect(screen.offset).toBe(100 * chunk.length);
});

test("a program that asks in the middle of a flood, its question is heard without anybody settling", () => {
  let heard = 0;
  const screen = new Screen({ rows: 24, cols: 80 });
  screen.onQuery(() => (heard += 1));
  const feed = new ScreenFeed(screen);
  const flood = encoder.encode("x".repeat(70_000));
  feed.push(flood);
  feed.push(encoder.encode("\x1b[6n"));
  for (let more = 0; more < 3 && heard === 0; more += 1) feed.push(flood);
  feed.dispose();
  expect(heard).toBe(1);
});

test("a stream that pauses, the backlog is drawn without anybody asking", async () => {
  const screen = new Screen({ rows: 24, cols: 80 });
  const asked = new Promise<void>((resolve) => screen.onQuery(() => resolve()));
  const feed = new ScreenFeed(screen);
  // A question at the end of plain output: hearing it means that everything before it was drawn.
  feed.push(encoder.encode(`${"x".repeat(200_000)}\x1b[6`));
  feed.push(encoder.encode("n"));
  await asked;
  expect(feed.backlog).toBe(0);
  feed.dispose();
});

test("output that was unwrapped, the offset follows the session's bytes", () => {
  const screen = new Screen({ rows: 24, cols: 80 });
  const feed = new ScreenFeed(screen);
  feed.push(encoder.encode("ab"), 12);
  feed.push(encoder.encode("c"));
  expect(screen.offset).toBe(13);
  feed.dispose();
});

test("hostile output at any speed, a turn of the worker and a question digest a bounded number of bytes", () => {
  const KIB = 1024;
  const chunk = 64 * KIB;
  const hostile = [
    Array.from({ length: 4000 }, (_, at) => `\x1b]8;;http://example.org/${at}\x1b\\a`).join(""),
    "x\x1b[2147483647L\x1b[2147483647b\x1b[2147483647S".repeat(4000),
    `a${"\u0301".repeat(100_000)}`,
    `\x1b]0;${"x".repeat(200_000)}`,
    `${"plain line\r\n".repeat(30_000)}\x1b[2J${"漢\x1b[1;31m\x1b[?1049h\x1b[?1049l".repeat(8000)}`,
  ];
  for (const output of hostile) {
    const screen = new Screen({ rows: 24, cols: 80, scrollback: 50 });
    const feed = new ScreenFeed(screen);
    const bytes = encoder.encode(output);
    for (let at = 0; at < bytes.length; at += chunk) {
      const before = screen.offset;
      feed.push(bytes.subarray(at, at + chunk));
      // What one push draws, and what a question right after it would have to wait for.
      if (!output.startsWith("plain")) expect(screen.offset - before).toBeLessThanOrEqual(3 * chunk);
      expect(feed.backlog).toBeLessThanOrEqual(512 * KIB + chunk);
    }
    feed.dispose();
    screen.dispose();
  }
});
