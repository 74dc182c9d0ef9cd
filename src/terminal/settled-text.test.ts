// The table of characters that stand alone, held against the engine, character by character.

import { expect, test } from "bun:test";
import { Screen } from "./screen.ts";
import { SETTLED_RANGES, settledLength } from "./settled-text.ts";

const encoder = new TextEncoder();
const unicode = new Screen({ rows: 2, cols: 10 }).engine.unicodeService;

function settled(): number[] {
  return SETTLED_RANGES.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

test("every settled character after every kind of settled or ASCII character, joins nothing and is 1 or 2 cells wide", () => {
  const all = [...Array.from({ length: 95 }, (_, index) => 0x20 + index), ...settled()];
  const before = new Set(all.map((codePoint) => unicode.charProperties(codePoint, 0)));
  const wrong = all.filter((codePoint) => {
    for (const state of before) {
      const properties = unicode.charProperties(codePoint, state);
      const width = (properties >> 1) & 3;
      if ((properties & 1) !== 0 || width < 1 || width > 2) return true;
    }
    return false;
  });
  expect(wrong.map((codePoint) => codePoint.toString(16))).toEqual([]);
});

test("bytes, settled exactly when they are the whole UTF-8 of a listed character", () => {
  const listed = new Set(settled());
  for (let codePoint = 0x80; codePoint < 0x40000; codePoint += 1) {
    if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
    const bytes = encoder.encode(String.fromCodePoint(codePoint));
    const length = settledLength(bytes, 0);
    if (length !== (listed.has(codePoint) ? bytes.length : 0)) expect.unreachable(codePoint.toString(16));
    if (settledLength(bytes.subarray(0, bytes.length - 1), 0) !== 0) expect.unreachable(codePoint.toString(16));
  }
});

test("overlong, surrogate and stray bytes, none of them settled", () => {
  for (const bytes of [
    [0xc1, 0xa1],
    [0xe0, 0x82, 0xa1],
    [0xf0, 0x83, 0x84, 0x80],
    [0xf0, 0x8b, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0x80, 0x80],
    [0xf8, 0x90, 0x80, 0x80],
    [0xc3, 0x20],
  ]) {
    expect(settledLength(Uint8Array.from(bytes), 0)).toBe(0);
  }
});
