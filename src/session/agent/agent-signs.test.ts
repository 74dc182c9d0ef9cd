// The conventions of known agents, as their terminals get them.

import { expect, test } from "bun:test";
import { isAnswer, notificationSign, titleSign } from "./agent-signs.ts";

test.each([
  ["⠂ fix the parser", "working"],
  ["⠋ codex", "working"],
  ["✦  Working… (repo)", "working"],
  ["| building", "working"],
  ["✳ fix the parser", "idle"],
  ["◇  Ready (repo)", "idle"],
  ["✋  Action Required (repo)", "blocked"],
  ["[ ! ] Action Required", "blocked"],
  ["vim README.md", undefined],
  ["ada@host: ~/src", undefined],
  ["", undefined],
] as const)("the title %p, %p", (title, state) => expect(titleSign(title)).toBe(state));

test.each([
  ["Claude needs your permission to use Bash", "blocked"],
  ["Approval requested: git push", "blocked"],
  ["May I? A question for you", "blocked"],
  ["Claude is waiting for your input", "idle"],
  ["Agent turn complete", "done"],
  ["Build finished", "done"],
] as const)("the notification %p, %p", (text, state) => expect(notificationSign(text)).toBe(state));

test("Enter in any encoding and one character answer; arrows and pasted text do not", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const answer of ["\r", "y", "1", "\x1b[13u", "yes\r"]) expect(isAnswer(bytes(answer))).toBe(true);
  for (const other of ["\x1b[A", "ab", "\x1b", "\x1b[I"]) expect(isAnswer(bytes(other))).toBe(false);
});
