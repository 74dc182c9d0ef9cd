// What may go unread: every control that outlives its line is found, wherever it is cut.

import { expect, test } from "bun:test";
import { isStatelessText } from "./stateless-text.ts";

const around = (bytes: readonly number[]) => Uint8Array.from([0x61, ...bytes, 0x62]);

test("every byte between letters, only those that change more than lines count", () => {
  const found = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !isStatelessText(around([byte])));
  expect(found).toEqual([0x0e, 0x0f, 0x1b]);
});

test("every character of two bytes that begins with C2, the controls of eight bits count", () => {
  for (let next = 0x80; next <= 0xbf; next += 1) {
    expect(isStatelessText(around([0xc2, next])), next.toString(16)).toBe(next > 0x9f);
    expect(isStatelessText(around([0xc2, 0xb0, 0xc2, next])), next.toString(16)).toBe(next > 0x9f);
  }
});

test("a character that may be a control and is cut, it counts", () => {
  expect(isStatelessText(Uint8Array.of(0x61, 0xc2))).toBe(false);
  expect(isStatelessText(new TextEncoder().encode("漢字 🚀 é °"))).toBe(true);
  expect(isStatelessText(new Uint8Array(0))).toBe(true);
});
