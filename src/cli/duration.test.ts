import { expect, test } from "bun:test";
import { parseDuration } from "./duration.ts";

test("durations with units and bare seconds, milliseconds", () => {
  const values = ["250ms", "2s", "5m", "1h", "3", "0", "1.5s", "0.25"].map((text) => parseDuration(text));
  expect(values.map((value) => (value.ok ? value.value : value.code))).toEqual([
    250, 2000, 300_000, 3_600_000, 3000, 0, 1500, 250,
  ]);
});

test("anything else, bad_duration", () => {
  for (const text of ["", "s", "-1s", "1d", "2 s", "1e3", "Infinity", "0x10", "9999h"]) {
    expect(parseDuration(text)).toMatchObject({ ok: false, code: "bad_duration" });
  }
});
