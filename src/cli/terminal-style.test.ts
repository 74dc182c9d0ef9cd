import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { styleFor } from "./terminal-style.ts";

/** Whether text to something that is no terminal would be coloured. */
function coloured(env: Record<string, string>): boolean {
  const fd = openSync("/dev/null", "w");
  try {
    return styleFor(fd, env)("red", "x") !== "x";
  } finally {
    closeSync(fd);
  }
}

test("not a terminal, plain; FORCE_COLOR, coloured; NO_COLOR, plain whatever else is said", () => {
  expect(coloured({ TERM: "xterm-256color" })).toBe(false);
  expect(coloured({ FORCE_COLOR: "1" })).toBe(true);
  expect(coloured({ FORCE_COLOR: "0" })).toBe(false);
  expect(coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
});
