import { expect, test } from "bun:test";
import { RandomStream } from "../../test/support/random-streams.ts";
import { DEFAULT_DETACH_KEY, parseDetachKey } from "../attach/detach-key.ts";
import { KeyFilter } from "../attach/key-filter.ts";
import { unwrap } from "../base/errors.ts";
import { areForProgram } from "./plain-keys.ts";

const HELD = DEFAULT_DETACH_KEY.steps.map(({ byte }) => byte);

function plain(keys: string, held = HELD): boolean {
  return areForProgram(Buffer.from(keys), held);
}

test("text, arrows, function keys, focus and the mouse, they are for the program", () => {
  for (const keys of [
    "a",
    "é€🙂\r\t",
    "\x1b[A",
    "\x1bOP",
    "\x1b[Z",
    "\x1b[I",
    "\x1b[<0;12;34M",
    "x\x1b[B\x1b[<35;1;1my",
  ]) {
    expect(plain(keys)).toBe(true);
  }
});

test("the detach key in any encoding, pastes, answers, cut and unknown sequences, they are for the client", () => {
  const encoded = ["\x1c", "a\x1cb", "\x1b[92;5u", "\x1b[27;5;92~", "\x1b\x1c"];
  const others = ["\x1b[200~a\x1b[201~", "\x1b[1;5C", "\x1b[24;80R", "\x1b]11;rgb:0/0/0\x07", "\x1b[[A", "\x1ba"];
  const cut = ["\x1b", "\x1b[", "\x1bO", "\x1b[<0;12", "a\x1b"];
  for (const keys of [...encoded, ...others, ...cut]) expect(plain(keys)).toBe(false);
});

test("whatever is for the program, the client's filter would pass it unchanged and hold nothing back", () => {
  const random = new RandomStream(4);
  const keys = [DEFAULT_DETACH_KEY, ...["ctrl-b d", "ctrl-]", "none"].map((text) => unwrap(parseDetachKey(text)))];
  const pieces = [
    "\x1b",
    "[",
    "O",
    "<",
    "0",
    ";",
    "5",
    "u",
    "~",
    "M",
    "m",
    "A",
    "d",
    "\x02",
    "\x1c",
    "\x1d",
    "200",
    "92",
    "ä",
    "\r",
  ];
  let passed = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.pick(pieces)).join(""));
    const detachKey = random.pick(keys);
    if (
      !areForProgram(
        bytes,
        detachKey.steps.map(({ byte }) => byte),
      )
    )
      continue;
    passed += 1;
    const filter = new KeyFilter({ detachKey, onExpired: () => {} });
    const { send, detach } = filter.push(bytes);
    expect({ send: Buffer.from(send).toString("hex"), detach }).toEqual({ send: bytes.toString("hex"), detach: false });
    expect(filter.idle).toBe(true);
    filter.dispose();
  }
  expect(passed).toBeGreaterThan(1000);
});
