import { expect, test } from "bun:test";
import { parseSize } from "./size.ts";

test("columns x rows within 1 to 1000, a size", () => {
  expect(parseSize("120x40")).toEqual({ ok: true, value: { cols: 120, rows: 40 } });
  expect(parseSize("1x1000")).toEqual({ ok: true, value: { cols: 1, rows: 1000 } });
});

test("anything else, bad_size", () => {
  for (const text of ["", "80", "0x24", "80x0", "1001x1", "80x24x1", "-1x5", "NaNxNaN", "80 x 24", "8.5x4"]) {
    expect(parseSize(text)).toMatchObject({ ok: false, code: "bad_size" });
  }
});
