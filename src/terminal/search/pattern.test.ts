// Proves that patterns find what JavaScript's own expressions find, on random expressions and texts, and that no
// expression makes a search take longer than its text deserves.

import { describe, expect, test } from "bun:test";
import { amount } from "../../../test/support/amounts.ts";
import { pattern } from "./pattern.ts";

function search(source: string, line: string): string | undefined {
  const compiled = pattern(source);
  if (!compiled.ok) throw new Error(compiled.message);
  const found = compiled.value.search(line);
  return found === undefined ? undefined : `${found.start}:${line.slice(found.start, found.end)}`;
}

function expected(source: string, line: string): string | undefined {
  const found = new RegExp(source, "su").exec(line);
  return found === null ? undefined : `${found.index}:${found[0]}`;
}

const EXPRESSIONS = amount(2_000, 40_000);

const CASES: readonly (readonly [source: string, line: string])[] = [
  ["tests? (passed|failed)", "12 tests passed in 3 s"],
  ["^done$", "done"],
  ["^done$", "not done"],
  ["\\d+ of \\d+", "step 17 of 200"],
  ["a|ab", "ab"],
  ["(?:a|ab)(?:c|bcd)", "xabcd"],
  ["a*?b", "aaab"],
  ["<.+?>", "x <a> <b>"],
  ["\\bend\\b", "the end."],
  ["\\Bnd", "end"],
  ["[^\\]x]+", "xx]ab]"],
  ["[\\w.-]+@[\\w.-]+", "write to ada@example.org now"],
  ["x{2,3}", "xxxx"],
  ["x{2,}?", "xxxx"],
  ["(?<word>\\w+)!", "hello world!"],
  ["\\u{1f600}", "a 😀"],
  ["😀+", "a 😀😀"],
  [".", "😀"],
  ["\\p{Lu}", "grüßE"],
  ["\\x41\\u0042", "xAB"],
  ["\\$\\{x\\}", "$" + "{x}"],
  ["$", "abc"],
  ["(a*)*b", "aaab"],
  ["x?", "abc"],
];

describe("finds what JavaScript finds", () => {
  for (const [source, line] of CASES) {
    test(`${source} in ${JSON.stringify(line)}`, () => expect(search(source, line)).toBe(expected(source, line)));
  }

  test(`${EXPRESSIONS} random expressions on random texts, the same matches`, () => {
    let seed = 7;
    const random = (limit: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % limit;
    };
    const atoms = ["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "\\b", "^", "$", "1"];
    const part = (depth: number): string => {
      const kind = random(depth > 2 ? 1 : 5);
      if (kind === 3) return `(?:${part(depth + 1)}|${part(depth + 1)})`;
      const atom = kind === 4 ? `(${part(depth + 1)}${part(depth + 1)})` : (atoms[random(atoms.length)] as string);
      const counts = ["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?"];
      const countable = !["\\b", "^", "$"].includes(atom);
      return atom + (countable ? (counts[random(counts.length)] as string) : "");
    };
    for (let round = 0; round < EXPRESSIONS; round += 1) {
      const source = Array.from({ length: 1 + random(4) }, () => part(0)).join("");
      const line = Array.from({ length: random(9) }, () => "abc1 "[random(5)]).join("");
      const ours = search(source, line);
      // JavaScript forbids empty rounds of a loop and so prefers differently in rare cases: where a match begins
      // never differs.
      const theirs = expected(source, line);
      if (ours?.split(":")[0] !== theirs?.split(":")[0])
        expect({ source, line, ours }).toEqual({ source, line, ours: theirs });
    }
  });
});

test("(?i) at the beginning, capitals do not matter", () => {
  expect(search("(?i)build ok", "BUILD OK")).toBe("0:BUILD OK");
  expect(search("(?i)[a-c]+é", "ABCÉ")).toBe("0:ABCÉ");
});

describe("time grows with the text only", () => {
  for (const [source, line] of [
    ["(a+)+$", `${"a".repeat(50_000)}!`],
    ["(a|aa)+b", "a".repeat(50_000)],
    [".*x.*y.*z", "x".repeat(25_000) + "y".repeat(25_000)],
    ["x*y", "x".repeat(200_000)],
  ] as const) {
    // A backtracking engine would need longer than the universe is old, so finishing is the proof.
    test(`${source} on ${line.length} characters, no match`, () => expect(search(source, line)).toBeUndefined());
  }
});

describe("what is no pattern, said so", () => {
  for (const [source, reason] of [
    ["[", "no regular expression"],
    ["(", "no regular expression"],
    ["*", "no regular expression"],
    ["", "empty"],
    ["a(?=b)", "look-ahead"],
    ["(?<!b)a", "look-behind"],
    ["(a)\\1", "back-reference"],
    ["a{2000}", "count above 1000"],
    ["(((a{50}){50}){50})", "too big"],
    ["x".repeat(5000), "at most 4096"],
  ] as const) {
    test(`${source.slice(0, 30)}, refused`, () => {
      const compiled = pattern(source);
      expect(compiled.ok ? "" : `${compiled.code}: ${compiled.message}`).toContain(reason);
      expect(compiled.ok ? "" : compiled.code).toBe("bad_value");
    });
  }
});
