// The fuzzer of scripts/fuzz.ts for a fixed number of inputs, the same in every run: about 8 s. What it found and was
// repaired stays as an input of its own.

import { expect, test } from "bun:test";
import { fuzzInput } from "./fuzz/fuzz-input.ts";
import { asLiteral } from "./fuzz/minimal-input.ts";
import { brokenPromise } from "./fuzz/promises.ts";

const INPUTS = 600;

test(`${INPUTS} inputs of the fuzzer, the model and the sanitizer keep their promises`, () => {
  for (let seed = 1; seed <= INPUTS; seed += 1) {
    const input = fuzzInput(seed);
    const broken = brokenPromise(input);
    if (broken !== undefined) expect({ seed, input: asLiteral(input), broken }).toBeUndefined();
  }
}, 60_000);
