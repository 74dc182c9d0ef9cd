// The keys of an attached client: which prefix begins the server's, what tmux calls the key after it, and what goes to the
// program as it is.

import { expect, test } from "bun:test";
import { PrefixKeys, prefixBytes } from "./prefix-keys.ts";

/** What becomes of pieces that are typed: text for the program, `<key>` for the server. */
function typed(prefixes: readonly string[], ...pieces: string[]): string {
  const keys = new PrefixKeys();
  keys.prefixes = prefixBytes(prefixes);
  return pieces
    .flatMap((piece) => keys.push(new TextEncoder().encode(piece)))
    .map((one) => (one.kind === "key" ? `<${one.key}>` : new TextDecoder().decode(one.bytes)))
    .join("");
}

test("every prefix that tmux takes is one, and only that", () => {
  expect(typed(["C-b"], "a\x02cb")).toBe("a<c>b");
  expect(typed(["C-Space"], "a\x00cb\x02")).toBe("a<c>b\x02");
  expect(typed(["`"], "a`cb")).toBe("a<c>b");
  expect(typed(["M-a"], "a\x1bacb")).toBe("a<c>b");
  expect(typed(["F12"], "a\x1b[24~cb")).toBe("a<c>b");
  expect(typed(["C-a", "C-b"], "\x01c\x02d")).toBe("<c><d>");
  expect(typed(["None", "None"], "a\x02cb")).toBe("a\x02cb");
  expect(typed(["C-b"], "\x02", "\x02", "x")).toBe("<C-b>x");
});

test.each([
  ["\x1b[A", "Up"],
  ["\x1bOA", "Up"],
  ["\x1b[1;5D", "C-Left"],
  ["\x1b[1;3A", "M-Up"],
  ["\x1b[1;2A", "S-Up"],
  ["\x1b[1;8A", "C-M-S-Up"],
  ["\x1b[H", "Home"],
  ["\x1b[4~", "End"],
  ["\x1b[5~", "PPage"],
  ["\x1b[3;5~", "C-DC"],
  ["\x1bOP", "F1"],
  ["\x1b[15~", "F5"],
  ["\x1b[24;2~", "S-F12"],
  ["\x1b[Z", "BTab"],
  ["\x1b1", "M-1"],
  ["\x1bn", "M-n"],
  ["\x1b\x0f", "M-C-o"],
  ["\x1b", "Escape"],
  ["\x0f", "C-o"],
  ["\x7f", "BSpace"],
  ["é", "é"],
  // Nothing that is bound, and nothing for the program.
  ["\x1b[200~", "None"],
])("after the prefix, %j is %s, and what follows is the program's", (sequence, key) => {
  expect(typed(["C-b"], `\x02${sequence}`, "after")).toBe(`<${key}>after`);
});
