// Proves that widths are those of a terminal, that cutting never splits what a reader sees as one character,
// and that our table agrees with the platform's where the two should agree.

import { expect, test } from "bun:test";
import { textWidth, truncateToWidth } from "./width.ts";

const widths: [string, string, number][] = [
  ["nothing", "", 0],
  ["ASCII", "hello world", 11],
  ["letters with accents, composed and combining", "é e\u0301", 3],
  ["Chinese, Japanese, Korean", "日本語 한국", 11],
  ["Hangul in jamo", "\u1112\u1161\u11ab", 2],
  ["half-width and full-width forms", "ｱＡ", 3],
  ["box drawing, dashes, ellipsis", "─│—…·", 5],
  ["an emoji", "😀", 2],
  ["a family of emoji with joiners", "👨‍👩‍👧", 2],
  ["an emoji with a skin colour", "👍🏽", 2],
  ["flags", "🇩🇪🇫🇷", 4],
  ["half a flag", "🇩", 1],
  ["England, a flag made of tags", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2],
  ["a heart as text and as emoji", "❤ ❤\ufe0f", 4],
  ["a keycap", "1\ufe0f\u20e3", 2],
  ["a joined heart", "\u2764\ufe0f\u200d\u{1f525}", 2],
  ["letters with a joiner between them", "a\u200db", 2],
  ["zero-width space and byte order mark", "a\u200b\ufeffb", 2],
  ["a soft hyphen, which terminals draw", "a\u00adb", 3],
  ["Devanagari with vowel signs", "का", 1],
  ["control characters", "a\x1b\x7fb", 2],
];
for (const [title, text, width] of widths) {
  test(`${title}, ${width} cells`, () => expect(textWidth(text)).toBe(width));
}

test("a text that fits, unchanged", () => {
  expect(truncateToWidth("日本語", 6)).toBe("日本語");
  expect(truncateToWidth("abc", 3)).toBe("abc");
  expect(truncateToWidth("", 0)).toBe("");
});

test("a text that does not fit, cut before an ellipsis and never too wide", () => {
  expect(truncateToWidth("hello world", 5)).toBe("hell…");
  expect(truncateToWidth("hello world", 5, "")).toBe("hello");
  expect(truncateToWidth("日本語", 5)).toBe("日本…");
  expect(truncateToWidth("日本語", 4)).toBe("日…");
  expect(truncateToWidth("abc", 1)).toBe("…");
  expect(truncateToWidth("abc", 0)).toBe("");
  expect(truncateToWidth("abcdef", 2, "...")).toBe("..");
});

test("joined, combined and paired characters at the cut, kept or left out as a whole", () => {
  expect(truncateToWidth("a👨‍👩‍👧b", 3, "")).toBe("a👨‍👩‍👧");
  expect(truncateToWidth("a👨‍👩‍👧b", 2, "")).toBe("a");
  expect(truncateToWidth("🇩🇪🇫🇷", 3, "")).toBe("🇩🇪");
  expect(truncateToWidth("ee\u0301e\u0301", 2, "")).toBe("ee\u0301");
});

test("every width from 0 to 40 of a mixed text, the result fits", () => {
  const text = "ls 日本 👩‍💻 e\u0301 🇩🇪 ❤\ufe0f ｱ 한 1\ufe0f\u20e3 end of it";
  for (let cells = 0; cells <= 40; cells += 1) {
    const cut = truncateToWidth(text, cells);
    expect(textWidth(cut)).toBeLessThanOrEqual(cells);
  }
});

test("every letter, number and symbol, as wide as Bun says except where Unicode versions differ", () => {
  const differing: string[] = [];
  for (let codePoint = 0x20; codePoint <= 0x3ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) continue;
    if (textWidth(character) !== Bun.stringWidth(character)) differing.push(codePoint.toString(16));
  }
  expect(differing.length).toBeLessThan(20);
});
