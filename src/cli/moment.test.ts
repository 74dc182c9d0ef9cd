import { expect, test } from "bun:test";
import { parseMoment } from "./moment.ts";

const NOW = Date.parse("2026-01-31T12:00:00Z");

test("a duration, so long ago", () => {
  expect(parseMoment("5m", NOW)).toEqual({ ok: true, value: NOW - 300_000 });
});

test("an RFC 3339 time, that moment", () => {
  expect(parseMoment("2026-01-31T11:00:00.5+01:00", NOW)).toEqual({ ok: true, value: NOW - 7_200_000 + 500 });
  expect(parseMoment("2026-01-31", NOW)).toMatchObject({ ok: true });
});

test("what Date.parse alone would accept, bad_value", () => {
  for (const text of ["yesterday", "January 1", "2026-13-40T99:99:99Z", "1/2/2026", ""]) {
    expect(parseMoment(text, NOW)).toMatchObject({ ok: false, code: "bad_value" });
  }
});
