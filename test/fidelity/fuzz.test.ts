// The fuzzer of scripts/fuzz.ts for a fixed number of inputs, the same in every run: half a second of a processor. What it found and was
// repaired stays as an input of its own.

import { expect, test } from "bun:test";
import { amount } from "../support/amounts.ts";
import { fuzzInput } from "./fuzz/fuzz-input.ts";
import { asLiteral } from "./fuzz/minimal-input.ts";
import { brokenPromise } from "./fuzz/promises.ts";

const INPUTS = amount(100, 1000);

test(`${INPUTS} inputs of the fuzzer, the model and the sanitizer keep their promises`, () => {
  for (let seed = 1; seed <= INPUTS; seed += 1) {
    const input = fuzzInput(seed);
    const broken = brokenPromise(input);
    if (broken !== undefined) expect({ seed, input: asLiteral(input), broken }).toBeUndefined();
  }
}, 180_000);

/** Rows, columns and bytes that once broke a promise. */
const REPAIRED: readonly (readonly [rows: number, cols: number, output: string])[] = [
  [3, 20, "ab\x1b[\x9fx"],
  [2, 3, "fox\x1b[1Kz"],
  [3, 7, "012345漢\x1b[ A"],
  [3, 20, "\x1b[2;20Hx\x1bH\x1b7"],
  [3, 20, "漢x\x1b[1;2H\x1b['~"],
  [1, 3, "🇩🇩🇩🇩"],
  [1, 2, "A👀\bt"],
  [12, 2, "9🙂\x1b]8;;h\x07\r👨e"],
  [5, 2, ";3\x1b[?47h"],
  [2, 2, "\x1b[?7l🙂r"],
  [12, 7, "\x1b[?5s"],
  [3, 7, "\x1b[35 q"],
  [5, 7, "\x1b[?69h\x1b[;2s\x1b[;9f漢"],
  [24, 80, "\x1b[?69h🙂\x1b[;s\x1b6"],
  [12, 2, "\x1b[?7l🇩🇪\x1b[b"],
  [3, 3, "\x1b[?69h\x1b[2;s;2t\x1b[2 A"],
  [3, 2, "\x1b[2r/x0\x1b]133;B\x07漢a"],
];

test("inputs that broke a promise once, every promise is kept", () => {
  for (const [rows, cols, output] of REPAIRED) {
    for (const scrollback of [0, 1, 20]) {
      const input = { rows, cols, scrollback, bytes: new TextEncoder().encode(output) };
      expect([output, brokenPromise(input)]).toEqual([output, undefined]);
    }
  }
});
