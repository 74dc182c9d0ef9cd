// Lazy feeding: the same screen, scrollback, pen and offset as feeding every byte, for a fraction of the work.

import { expect, test } from "bun:test";
import { RandomStream } from "../../test/support/random-streams.ts";
import { screenDifferences } from "../../test/support/screen-equality.ts";
import { ScreenFeed } from "./feed.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Fed {
  screen: Screen;
  left: string[];
}

function fed(size: { rows: number; cols: number; scrollback: number }, feed: (screen: Screen) => void): Fed {
  const left: string[] = [];
  const screen = new Screen({
    ...size,
    onLineLeft: (line, wrapped) => left.push(`${decoder.decode(line)}${wrapped ? "…" : ""}`),
  });
  feed(screen);
  return { screen, left };
}

test("floods of random plain output with something else now and then, skipping changes nothing that is kept", () => {
  let skipped = 0;
  for (let seed = 1; seed <= 25; seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 2 + random.below(10), cols: 10 + random.below(40), scrollback: random.below(30) };
    const maxHistory = random.below(50);
    let output = random.anything(20, size.rows, size.cols);
    for (let part = 0; part < 4; part += 1) {
      output += random.plain(5000) + (random.below(3) === 0 ? random.anything(2, size.rows, size.cols) : "");
    }
    const bytes = encoder.encode(output);
    const whole = fed(size, (screen) => screen.write(bytes));
    const lazy = fed(size, (screen) => {
      const feed = new ScreenFeed(screen, { maxHistory });
      for (let at = 0; at < bytes.length; ) {
        const length = 1 + random.below(4000);
        feed.push(bytes.subarray(at, at + length));
        at += length;
        if (random.below(100) === 0) feed.settle();
      }
      feed.settle();
      feed.dispose();
    });
    expect(screenDifferences(whole.screen, lazy.screen), `seed ${seed}`).toEqual([]);
    expect(lazy.screen.offset).toBe(bytes.length);
    const kept = (lines: string[]) => (maxHistory === 0 ? [] : lines.slice(-maxHistory));
    expect(kept(lazy.left), `seed ${seed}`).toEqual(kept(whole.left));
    if (lazy.left.length < whole.left.length) skipped += 1;
  }
  expect(skipped).toBeGreaterThan(5);
});

test("a flood of plain lines, most of them are never drawn", () => {
  let lines = 0;
  const screen = new Screen({ rows: 24, cols: 80, scrollback: 200, onLineLeft: () => (lines += 1) });
  const feed = new ScreenFeed(screen, { maxHistory: 1000 });
  const chunk = encoder.encode(Array.from({ length: 1000 }, (_, line) => `\x1b[32mline\x1b[m ${line}\r\n`).join(""));
  for (let pushed = 0; pushed < 100; pushed += 1) feed.push(chunk);
  feed.settle();
  feed.dispose();
  expect(lines).toBeGreaterThanOrEqual(1000);
  expect(lines).toBeLessThan(15_000);
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
