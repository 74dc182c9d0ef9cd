// The one validator of session names, against everything that a name could be used for (faults S4).

import { expect, test } from "bun:test";
import { randomNumbers } from "../../test/protocol/random-cuts.ts";
import { checkName, isPaneId, nameFrom } from "./names.ts";

const ATTACKS = {
  "nothing at all": "",
  "a way out of a directory": "../x",
  "a path": "a/b",
  "an absolute path": "/etc/passwd",
  "the directory itself": ".",
  "the directory above": "..",
  "a flag": "-rf",
  "a long flag": "--help",
  "only dashes": "--",
  "a pane id": "%0",
  "a percent sign": "%",
  "a NUL": "a\0b",
  "a line feed": "a\nb",
  "a line feed at the end": "a\n",
  "a carriage return": "a\rb",
  "a tab": "a\tb",
  "an escape sequence": "\x1b[2Ja",
  "a C1 control": "a\u009b31m",
  "a right-to-left mark": "a\u200fb",
  "a right-to-left override": "\u202etxt.exe",
  "a letter that looks like another": "s\u0435rver",
  "a zero-width joiner": "a\u200db",
  "a full-width letter": "\uff41",
  "a lone surrogate": "\ud800",
  "300 bytes": "a".repeat(300),
  "129 bytes": "a".repeat(129),
  "the shape of an id": "123e4567-e89b-12d3-a456-426614174000",
  "the shape of an id in capitals": "123E4567-E89B-12D3-A456-426614174000",
  "only digits": "42",
  "a space": "a b",
  "a pattern": "a*",
  "shell characters": "$(reboot)",
  "a quote": "a'b",
  "a backslash": "a\\b",
  "a colon, which tmux targets split at": "a:b",
} as const;

test("every attack, refused as bad_name with a short text", () => {
  for (const [attack, name] of Object.entries(ATTACKS)) {
    const checked = checkName(name);
    expect({ attack, refused: !checked.ok && checked.code }).toEqual({ attack, refused: "bad_name" });
    if (!checked.ok) expect(checked.message.length).toBeLessThan(1200);
  }
});

test("a refused name with control characters, quoted so that none reaches a terminal", () => {
  const refused = checkName("\x1b[2J\n");
  expect(!refused.ok && refused.message).toBe(
    '"\\u001b[2J\\n" is not a session name: only A-Z a-z 0-9 . _ - are allowed',
  );
});

test("names that people use, accepted as they are", () => {
  for (const name of [
    "a",
    "web",
    "web-2",
    "v1.2_x",
    ".hidden",
    "_",
    "...",
    "0x1",
    "a".repeat(128),
    "constructor",
    "__proto__",
  ]) {
    expect(checkName(name)).toEqual({ ok: true, value: name });
  }
});

test("pane ids, told apart from everything else", () => {
  expect(["%0", "%7", "%123456789"].map(isPaneId)).toEqual([true, true, true]);
  expect(["%", "%-1", "%1a", "0", "%1234567890", "%1\n", " %1"].map(isPaneId)).toEqual(Array(7).fill(false));
});

test("a name made from any program, always one that is accepted", () => {
  expect(["/usr/bin/vim", "bash", "my prog", "a/b/", "42", "-x"].map(nameFrom)).toEqual([
    "vim",
    "bash",
    "my-prog",
    "b",
    "session-42",
    "x",
  ]);
  const random = randomNumbers(4);
  const letters = "ab9-._/% \n\u202e漢é😀\ud800*%$'\\0-";
  const texts = Array.from({ length: 2000 }, () =>
    Array.from({ length: random(80) }, () => letters[random(letters.length)]).join(""),
  );
  for (const text of [...Object.values(ATTACKS), ...texts]) expect(checkName(nameFrom(text)).ok).toBe(true);
});
