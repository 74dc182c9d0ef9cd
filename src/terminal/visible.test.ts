// Proves what `visible` shows as escapes and what it leaves alone.

import { expect, test } from "bun:test";
import { visible } from "./visible.ts";

test("clean text of any script with backslashes, unchanged", () => {
  for (const text of ["", "name", "a\\x1b", "Grüße 日本 😀👨‍👩‍👧 עברית", "C:\\new", "\u00a0\u00ad\u200b\ufeff\ufffd"]) {
    expect(visible(text)).toBe(text);
  }
});

test("controls, C1, DEL, direction marks and line separators, written as escapes", () => {
  expect(visible("\x1b[31m\x00\x7f\x9b")).toBe("\\x1b[31m\\x00\\x7f\\x9b");
  expect(visible("a\nb\rc\td")).toBe("a\\nb\\rc\\td");
  expect(visible("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069")).toBe(
    "\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a\\u202e\\u2066\\u2069",
  );
});

test("every code point up to U+FFFF, twice is the same as once and none of the set is left", () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const shown = visible(String.fromCharCode(code));
    expect(visible(shown)).toBe(shown);
    if (/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u.test(shown)) expect(code.toString(16)).toBe("escaped");
  }
});
