// Bytes that wait for a socket, a PTY or a file: what goes in comes out, in order, whatever is dropped between.

import { expect, test } from "bun:test";
import { randomNumbers } from "../../test/protocol/random-cuts.ts";
import { amount } from "../../test/support/amounts.ts";
import { ByteQueue, concat } from "./byte-queue.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (array: Uint8Array | undefined) => (array === undefined ? undefined : new TextDecoder().decode(array));

test("pushed in pieces and dropped across their edges, the rest in order", () => {
  const queue = new ByteQueue();
  for (const piece of ["ab", "", "cde", "f"]) queue.push(bytes(piece));
  expect([queue.length, textOf(queue.peek())]).toEqual([6, "ab"]);
  queue.drop(3);
  expect([queue.length, textOf(queue.peek())]).toEqual([3, "de"]);
  expect(textOf(queue.takeAll())).toBe("def");
  expect([queue.length, queue.peek()]).toEqual([0, undefined]);
});

test("more dropped than waits, empty and still usable", () => {
  const queue = new ByteQueue();
  queue.push(bytes("ab"));
  queue.drop(100);
  queue.drop(1);
  queue.push(bytes("c"));
  expect([queue.length, textOf(queue.takeAll())]).toEqual([1, "c"]);
});

test("taken empty or after clear, no bytes", () => {
  const queue = new ByteQueue();
  expect(queue.takeAll().length).toBe(0);
  queue.push(bytes("ab"));
  queue.clear();
  expect([queue.length, queue.peek(), queue.takeAll().length]).toEqual([0, undefined, 0]);
});

const STEPS = amount(20_000, 100_000);

test(`${STEPS} random steps, the same bytes as one long string`, () => {
  const random = randomNumbers(5);
  const queue = new ByteQueue();
  let pushed = "";
  let dropped = 0;
  for (let step = 0; step < STEPS; step += 1) {
    if (random(2) === 0) {
      const piece = String.fromCharCode(97 + random(26)).repeat(random(6));
      pushed += piece;
      queue.push(bytes(piece));
    } else {
      const count = random(7);
      dropped += Math.min(count, queue.length);
      queue.drop(count);
    }
    const first = textOf(queue.peek()) ?? "";
    if (queue.length !== pushed.length - dropped || !pushed.startsWith(first, dropped)) {
      throw new Error(`step ${step}: ${queue.length} bytes wait, ${pushed.length - dropped} should`);
    }
  }
  expect(textOf(queue.takeAll())).toBe(pushed.slice(dropped));
});

test("pieces put together, one array; none, an empty one", () => {
  expect(textOf(concat([bytes("a"), bytes(""), bytes("bc")]))).toBe("abc");
  expect(concat([]).length).toBe(0);
});
