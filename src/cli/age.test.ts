import { expect, test } from "bun:test";
import { ageOf, shortAge } from "./age.ts";

test("milliseconds, one number and one unit", () => {
  const values = [0, 999, 59_999, 60_000, 3_599_000, 3_600_000, 47.9 * 3_600_000, 48 * 3_600_000, -5000];
  expect(values.map(shortAge)).toEqual(["0s", "0s", "59s", "1m", "59m", "1h", "47h", "2d", "0s"]);
});

test("no time, a dash", () => {
  expect(ageOf(null)).toBe("-");
});
