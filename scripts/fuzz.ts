// `scripts/bun scripts/fuzz.ts [--seconds N] [--seed N]`: feeds random input to the screen model and the sanitizer for a
// minute, or as long as it is told, and ends at the first that breaks one of their promises (test/fidelity/fuzz/), with
// its seed and the shortest input that still breaks one. Seeds go up by one from the first, by default one of the clock.

import { parseArgs } from "node:util";
import { fuzzInput } from "../test/fidelity/fuzz/fuzz-input.ts";
import { asLiteral, minimalInput } from "../test/fidelity/fuzz/minimal-input.ts";
import { brokenPromise } from "../test/fidelity/fuzz/promises.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } } });
const seconds = Number(values.seconds);
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
if (!(seconds > 0) || !Number.isSafeInteger(first)) {
  console.error("fuzz: --seconds takes a number above 0, --seed a whole number");
  process.exit(2);
}

console.log(`fuzz: from seed ${first} for ${seconds} s`);
const end = performance.now() + seconds * 1000;
let seed = first;
for (; performance.now() < end; seed += 1) {
  const input = fuzzInput(seed);
  const broken = brokenPromise(input);
  if (broken === undefined) continue;
  const minimal = minimalInput(input, (shorter) => brokenPromise(shorter) !== undefined);
  console.log(`fuzz: seed ${seed}: ${broken}`);
  console.log(`shortest: ${brokenPromise(minimal)}`);
  console.log(
    `rows ${minimal.rows}, cols ${minimal.cols}, scrollback ${minimal.scrollback}, bytes ${asLiteral(minimal)}`,
  );
  process.exit(1);
}
console.log(`fuzz: ${seed - first} inputs, every promise kept`);
