// Home and End of a person's terminal, in both cursor modes, as programs in tmux's panes know them; all else stays.

import { expect, test } from "bun:test";
import { asPaneKeys } from "./home-end.ts";

test.each([
  ["\x1b[H", "\x1b[1~"],
  ["\x1b[F", "\x1b[4~"],
  ["\x1bOH", "\x1b[1~"],
  ["\x1bOF", "\x1b[4~"],
  ["x\x1b[H\x1b[Fy", "x\x1b[1~\x1b[4~y"],
  ["\x1b\x1b[H", "\x1b\x1b[1~"],
  ["\x1b[1;5H", "\x1b[1;5H"],
  ["\x1b[A", "\x1b[A"],
  ["\x1b[1~", "\x1b[1~"],
  ["H[H", "H[H"],
  ["é\x1b", "é\x1b"],
])("%j is %j", (typed, meant) => {
  expect(new TextDecoder().decode(asPaneKeys(new TextEncoder().encode(typed)))).toBe(meant);
});
