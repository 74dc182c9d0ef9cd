import { expect, test } from "bun:test";
import { clampWindowSize, encodeWindowSize } from "./window-size.ts";

test("a size from a client is anything but a sensible number, it becomes 1 to 1000 cells", () => {
  expect(clampWindowSize({ rows: 0, cols: -5 })).toEqual({ rows: 1, cols: 1, xpixel: 0, ypixel: 0 });
  expect(clampWindowSize({ rows: 65535, cols: Number.POSITIVE_INFINITY })).toMatchObject({ rows: 1000, cols: 1000 });
  expect(clampWindowSize({ rows: Number.NaN, cols: 80.9 })).toMatchObject({ rows: 1, cols: 80 });
  expect(clampWindowSize({ rows: 24, cols: 80, xpixel: 1e9, ypixel: -1 })).toMatchObject({ xpixel: 65535, ypixel: 0 });
});

test("a size is encoded for the kernel, it is four u16: rows, columns, x pixels, y pixels", () => {
  const bytes = Buffer.from(encodeWindowSize({ rows: 24, cols: 300, xpixel: 800, ypixel: 600 }));
  expect([0, 2, 4, 6].map((at) => bytes.readUInt16LE(at))).toEqual([24, 300, 800, 600]);
});
