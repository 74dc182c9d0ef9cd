// Proves the properties of the sanitizer over random input (faults.md, "5. Security notes"): nothing forbidden
// comes out, twice is the same as once, chunk edges do not matter, plain text and wrong bytes are as expected.

import { describe, expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { linesOf, textOf } from "./sanitizer-under-test.ts";

const encoder = new TextEncoder();

/** Reproducible random numbers below `limit` (a multiplicative generator modulo a Mersenne prime). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 0x7fffffff;
    return state % limit;
  };
}

describe("decoding", () => {
  test("wrong bytes anywhere, U+FFFD exactly where the platform's decoder puts it", () => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const random = randomNumbers(7);
    // Every kind of byte but a free-standing 0x80-0x9f, which is a C1 control here.
    const pieces = [
      [0x41, 0x42],
      [0xc3, 0xa4],
      [0xe2, 0x82, 0xac],
      [0xf0, 0x9f, 0x98, 0x80],
      [0xef, 0xbb, 0xbf],
      [0xc3],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98],
      [0xe0, 0x80, 0xaf],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xff],
      [0xa0],
      [0xbf],
    ];
    for (let round = 0; round < amount(5000, 20_000); round += 1) {
      const bytes = new Uint8Array(
        Array.from({ length: 1 + random(9) }, () => pieces[random(pieces.length)] ?? []).flat(),
      );
      expect(textOf(bytes)).toBe(decoder.decode(bytes));
    }
  });

  test("a character cut at the end of the stream, one U+FFFD", () => {
    expect(textOf([0x61, 0xe2, 0x9c])).toBe("a\ufffd");
  });
});

describe("properties over random input", () => {
  const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
  const PIECES = [
    ..."abc 0129;:?[]PX^_\\KGCDmJ@",
    ..."\x1b\x1b\x1b\x1b\n\r\b\t\x07\x18\x1a\x7f\x00",
    "\x1b[",
    "\x1b]0;",
    "\x1b[31m",
    "\x1b[K",
    "\x1b[2D",
    "\r\n",
    "a longer piece of text",
    "grüße ✓ 日本",
    "😀",
    "\u202e",
    "\u009b",
    "\u0090",
  ].map((piece) => [...encoder.encode(piece)]);

  function randomInput(random: (limit: number) => number): Uint8Array {
    const pieces = Array.from({ length: 1 + random(24) }, () =>
      random(5) === 0 ? [random(256)] : (PIECES[random(PIECES.length)] ?? []),
    );
    return new Uint8Array(pieces.flat());
  }

  test(`${amount(10_000, 50_000)} inputs, no control character in the output and twice is the same as once`, () => {
    const random = randomNumbers(1);
    for (let round = 0; round < amount(10_000, 50_000); round += 1) {
      const once = textOf(randomInput(random));
      if (FORBIDDEN.test(once) || textOf(once) !== once.replace(/\n$/, "")) expect({ round, once }).toBeUndefined();
    }
  });

  test(`${amount(2000, 10_000)} inputs cut into chunks of 1, 2, 3 and 7 bytes, the same lines and offsets as in one piece`, () => {
    const random = randomNumbers(2);
    for (let round = 0; round < amount(2000, 10_000); round += 1) {
      const input = randomInput(random);
      const whole = JSON.stringify(linesOf(input));
      for (const chunk of [1, 2, 3, 7]) {
        if (JSON.stringify(linesOf(input, chunk)) !== whole) expect({ round, chunk, whole }).toBeUndefined();
      }
    }
  });

  test("plain text of any script, unchanged", () => {
    const text = "plain\tASCII\nGrüße, 日本語, עברית, ไทย, 😀👨‍👩‍👧\ufeff\u200b\u00ad\n\nend";
    expect(textOf(text)).toBe(text);
    expect(textOf(text.repeat(1000))).toBe(text.repeat(1000));
  });
});
