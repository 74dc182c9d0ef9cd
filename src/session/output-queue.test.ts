import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { FRAME_HEADER_BYTES } from "../protocol/frames.ts";
import { OutputQueue } from "./output-queue.ts";

const WHOLE = 64 * 1024 + FRAME_HEADER_BYTES;

/** A pseudo-random number generator: the same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("the sender writes into its frame after each push, a slow peer gets what was pushed", () => {
  const queue = new OutputQueue();
  const sent: number[] = [];
  const expected: number[] = [];
  const pick = numbers(7);
  const reused = new Uint8Array(WHOLE);
  for (let round = 0; round < amount(100, 400); round++) {
    const length = pick(3) === 0 ? 1 + pick(2000) : WHOLE - pick(40_000);
    reused.fill(round % 251, 0, length);
    queue.push(reused.subarray(0, length), true);
    expected.push(length * (round % 251));
    // Up to 5 frames wait; what is written of them is cut anywhere.
    let sum = 0;
    while (queue.length > pick(5) * WHOLE) {
      const bytes = queue.peek() ?? new Uint8Array(0);
      const count = 1 + pick(bytes.length);
      for (const byte of bytes.subarray(0, count)) sum += byte;
      queue.wrote(count);
    }
    sent.push(sum);
  }
  for (let next = queue.peek(); next !== undefined; next = queue.peek()) {
    sent.push(next.reduce((sum, byte) => sum + byte, 0));
    queue.wrote(next.length);
  }
  const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);
  expect(total(sent)).toBe(total(expected));
  expect(queue.length).toBe(0);
  expect(queue.droppableBytes).toBe(0);
});

test("output is dropped behind a frame that was begun, its rest is still what was pushed", () => {
  const queue = new OutputQueue();
  const other = new OutputQueue();
  for (const mark of [1, 2, 3]) queue.push(new Uint8Array(WHOLE).fill(mark), true);
  const control = Uint8Array.of(9, 9, 9);
  queue.push(control, false);
  queue.wrote(1000);
  expect(queue.dropOutput()).toBe(2 * (WHOLE - FRAME_HEADER_BYTES));
  // Another client's frames take the memory that is free now.
  for (const mark of [4, 5, 6]) other.push(new Uint8Array(WHOLE).fill(mark), true);
  expect(queue.peek()).toEqual(new Uint8Array(WHOLE - 1000).fill(1));
  queue.wrote(WHOLE - 1000);
  expect(queue.peek()).toBe(control);
  queue.wrote(3);
  expect(queue.peek()).toBeUndefined();
  for (const mark of [4, 5, 6]) {
    expect(other.peek()).toEqual(new Uint8Array(WHOLE).fill(mark));
    other.wrote(WHOLE);
  }
});
