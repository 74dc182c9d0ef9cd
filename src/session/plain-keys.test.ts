import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { DEFAULT_DETACH_KEY, parseDetachKey } from "../attach/detach-key.ts";
import { KeyFilter } from "../attach/key-filter.ts";
import { ReplyFilter } from "../attach/reply-filter.ts";
import { unwrap } from "../base/errors.ts";
import { areForProgram } from "./plain-keys.ts";

const HELD = DEFAULT_DETACH_KEY.steps.map(({ byte }) => byte);

function passes(keys: string, answers = false): boolean {
  return areForProgram(Buffer.from(keys), HELD, answers);
}

test("text, arrows, function keys, focus and the mouse, they are for the program", () => {
  const modified = ["\x1b[1;5C", "\x1b[1;2:3A"];
  for (const keys of [
    "a",
    "é€🙂\r\t",
    "\x1b[A",
    "\x1bOP",
    "\x1b[Z",
    "\x1b[I",
    "\x1b[<0;12;34M",
    "x\x1b[B\x1b[<35;1;1my",
    ...modified,
  ]) {
    expect(passes(keys)).toBe(true);
  }
});

test("answers of a terminal, they are for the program when no replay is under way", () => {
  const answers = [
    "\x1b[?62;22c",
    "\x1b[>0;1;0c",
    "\x1b[0n",
    "\x1b[24;80R",
    "\x1b[?2004;1$y",
    "\x1b[?7u",
    "\x1b[8;24;80t",
  ];
  for (const keys of [...answers, "\x1b]11;rgb:0/0/0\x07", "\x1b]10;rgb:f/f/f\x1b\\a", "\x1bP1$r0m\x1b\\"]) {
    expect([keys, passes(keys), passes(keys, true)]).toEqual([keys, false, true]);
  }
});

test("the detach key in any encoding, pastes, cut and unknown sequences, they are for the client", () => {
  const encoded = ["\x1c", "a\x1cb", "\x1b[92;5u", "\x1b[27;5;92~", "\x1b\x1c", "\x1b]0;\x1c\x07"];
  const others = ["\x1b[200~a\x1b[201~", "\x1b[3~", "\x1b[[A", "\x1ba", "\x1b[M !!"];
  const cut = ["\x1b", "\x1b[", "\x1bO", "\x1b[<0;12", "a\x1b", "\x1b[1;5", "\x1b]11;rgb:", "\x1bP1$r\x1b"];
  for (const keys of [...encoded, ...others, ...cut]) expect([keys, passes(keys, true)]).toEqual([keys, false]);
});

test("whatever is for the program, the client's filters would pass it unchanged and hold nothing back", () => {
  const random = new RandomStream(4);
  const keys = [DEFAULT_DETACH_KEY, ...["ctrl-b d", "ctrl-]", "none"].map((text) => unwrap(parseDetachKey(text)))];
  const text = ["0", ";", "5", "d", "200", "92", "27", "ä", "\r", ":", " ", "$"];
  const pieces = [
    "\x1b",
    "\x1b[",
    "\x1b]",
    "\x1bP",
    "\x1b\\",
    "\x07",
    "O",
    "<",
    "?",
    ">",
    "u",
    "~",
    "M",
    "m",
    "A",
    "R",
    "c",
    ...text,
    "\x02",
    "\x1c",
    "\x1d",
  ];
  const passed = { keys: 0, answers: 0 };
  for (let round = 0; round < amount(20_000, 60_000); round += 1) {
    const bytes = Buffer.from(Array.from({ length: 1 + random.below(7) }, () => random.pick(pieces)).join(""));
    const detachKey = random.pick(keys);
    const held = detachKey.steps.map(({ byte }) => byte);
    if (!areForProgram(bytes, held, true)) {
      expect(areForProgram(bytes, held, false)).toBe(false);
      continue;
    }
    passed.answers += 1;
    const filter = new KeyFilter({ detachKey, onExpired: () => {} });
    const { send, detach } = filter.push(bytes);
    expect({ send: Buffer.from(send).toString("hex"), detach }).toEqual({ send: bytes.toString("hex"), detach: false });
    expect(filter.idle).toBe(true);
    filter.dispose();
    if (!areForProgram(bytes, held, false)) continue;
    passed.keys += 1;
    expect(Buffer.from(new ReplyFilter().push(bytes)).toString("hex")).toBe(bytes.toString("hex"));
  }
  expect(passed.keys).toBeGreaterThan(1000);
  expect(passed.answers).toBeGreaterThan(passed.keys);
});
