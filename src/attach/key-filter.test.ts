import { expect, test } from "bun:test";
import { DEFAULT_DETACH_KEY, type DetachKey, NO_DETACH_KEY, parseDetachKey } from "./detach-key.ts";
import { KeyFilter } from "./key-filter.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (data: Uint8Array) => String.fromCharCode(...data);

/** Pushes the pieces; what was sent is joined, `detached` is the index of the piece that detached. */
function run(pieces: readonly string[], detachKey: DetachKey = DEFAULT_DETACH_KEY) {
  const filter = new KeyFilter({ detachKey, holdMs: 60_000, onExpired: () => {} });
  let sent = "";
  let detached = -1;
  for (const [index, piece] of pieces.entries()) {
    const { send, detach } = filter.push(bytes(piece));
    sent += text(send);
    if (detach) {
      detached = index;
      break;
    }
  }
  filter.dispose();
  return { sent, detached };
}

function key(name: string): DetachKey {
  const parsed = parseDetachKey(name);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

const DETACHES = [
  "\x1c",
  ..."92;5u 92;5:1u 92;5:2u 92;69u 92;133u 92;197u 92:124;5u 92::92;5u 92:124:92;5u 92:124;69:1u 92;5;28u"
    .split(" ")
    .map((body) => `\x1b[${body}`),
  ..."27;5;92~ 27;69;92~ 27;133;92~ 27;197;92~".split(" ").map((body) => `\x1b[${body}`),
];

const PASSES =
  "92;5:3u 92;69:3u 92;6u 92;7u 92;13u 92;70u 92;134u 92;1u 92;2u 91;5u 93;5u 920;5u 65;92u 27;6;92~ 27;7;92~ 28;5;92~ 27;5;91~ 27m 27~"
    .split(" ")
    .map((body) => `\x1b[${body}`);

test.each(DETACHES)("detach key as %j, it detaches and nothing is sent", (vector) => {
  expect(run([vector])).toEqual({ sent: "", detached: 0 });
});

test.each(DETACHES)(
  "detach key as %j beside other bytes, those before it are sent and those after it dropped",
  (vector) => {
    expect(run([`abc\x1b[A${vector}def`])).toEqual({ sent: "abc\x1b[A", detached: 0 });
  },
);

test.each(DETACHES)("detach key as %j cut anywhere, it is found and no part of it leaks", (vector) => {
  for (let cut = 1; cut < vector.length; cut += 1) {
    expect(run([vector.slice(0, cut), vector.slice(cut)])).toEqual({ sent: "", detached: 1 });
  }
  expect(run([...vector])).toEqual({ sent: "", detached: vector.length - 1 });
});

test.each(DETACHES)("detach key as %j inside a paste, it is text", (vector) => {
  const paste = `\x1b[200~one${vector}two\x1b[201~`;
  expect(run([paste])).toEqual({ sent: paste, detached: -1 });
  for (let cut = 1; cut < paste.length; cut += 1) {
    expect(run([paste.slice(0, cut), paste.slice(cut)])).toEqual({ sent: paste, detached: -1 });
  }
  expect(run([paste, vector])).toEqual({ sent: paste, detached: 1 });
});

test.each(PASSES)("%j, which is another key, is sent unchanged wherever it is cut", (vector) => {
  expect(run([`x${vector}y`])).toEqual({ sent: `x${vector}y`, detached: -1 });
  expect(run([...vector, "y"])).toEqual({ sent: `${vector}y`, detached: -1 });
});

test("every kind of other input byte by byte, nothing is swallowed or reordered", () => {
  const input =
    "a\x1bO\x1bP\x1b[1;5A\x1b[[A\x1b[M !!\x1b[<0;3;4M\x1b[I\x1bx\x1b\x1b[B\x1b[?62;22c\x1b]11;rgb:0/0/0\x1b\\\xc3\xa9\r\x03end";
  expect(run([...input]).sent).toBe(input);
  expect(run([input]).sent).toBe(input);
});

test("Escape and then the key, the Escape is sent and the key detaches", () => {
  expect(run(["\x1b\x1c"])).toEqual({ sent: "\x1b", detached: 0 });
  expect(run(["\x1bO", "\x1c"])).toEqual({ sent: "\x1bO", detached: 1 });
  expect(run(["\x1b[1", "\x1c"])).toEqual({ sent: "\x1b[1", detached: 1 });
});

test("an Escape alone, it is sent when its time is over and the next keys are not held", async () => {
  const expired = Promise.withResolvers<Uint8Array>();
  const filter = new KeyFilter({ detachKey: DEFAULT_DETACH_KEY, holdMs: 1, onExpired: expired.resolve });
  expect(text(filter.push(bytes("x\x1b")).send)).toBe("x");
  expect(text(await expired.promise)).toBe("\x1b");
  expect(text(filter.push(bytes("[")).send)).toBe("[");
  expect(text(filter.push(bytes("92;5u")).send)).toBe("92;5u");
  expect(filter.push(bytes("\x1c")).detach).toBe(true);
  filter.dispose();
});

test("a paste begins with an escape that took too long, it is a paste all the same", async () => {
  const expired = Promise.withResolvers<Uint8Array>();
  const filter = new KeyFilter({ detachKey: DEFAULT_DETACH_KEY, holdMs: 1, onExpired: expired.resolve });
  filter.push(bytes("\x1b[20"));
  await expired.promise;
  expect(filter.push(bytes("0~\x1c"))).toEqual({ send: bytes("0~\x1c"), detach: false });
  filter.dispose();
});

test("megabytes pasted in pieces, every byte arrives", () => {
  const paste = `\x1b[200~${"line \x1b[31m of \x1c text\n".repeat(50_000)}\x1b[201~`;
  const pieces: string[] = [];
  for (let at = 0; at < paste.length; at += 4093) pieces.push(paste.slice(at, at + 4093));
  const filter = new KeyFilter({ detachKey: DEFAULT_DETACH_KEY, holdMs: 60_000, onExpired: () => {} });
  let sent = 0;
  for (const piece of pieces) {
    const result = filter.push(Buffer.from(piece, "latin1"));
    expect(result.detach).toBe(false);
    sent += result.send.length;
  }
  filter.dispose();
  expect(sent).toBe(paste.length);
});

test("prefix and key in any encoding, they detach and nothing is sent", () => {
  const detachKey = key("ctrl-b d");
  for (const prefix of ["\x02", "\x1b[98;5u", "\x1b[27;5;98~", "\x1b[98;69:1u"]) {
    for (const second of ["d", "\x1b[100u", "\x1b[100;1:1u", "\x1b[100;65u"]) {
      expect(run([prefix + second], detachKey)).toEqual({ sent: "", detached: 0 });
      const pieces = [...prefix, ...second];
      expect(run(pieces, detachKey)).toEqual({ sent: "", detached: pieces.length - 1 });
    }
  }
});

test("prefix twice, it is sent once", () => {
  const detachKey = key("ctrl-b d");
  expect(run(["\x02\x02d"], detachKey)).toEqual({ sent: "\x02d", detached: -1 });
  expect(run(["\x1b[98;5u\x1b[98;5:3u\x1b[98;5u\x1b[98;5:3u"], detachKey).sent).toBe("\x1b[98;5u\x1b[98;5:3u");
});

test("prefix and another key, both are sent", () => {
  const detachKey = key("ctrl-b d");
  expect(run(["\x02", "x\x02"], detachKey)).toEqual({ sent: "\x02x", detached: -1 });
  expect(run(["\x02\x1b[A"], detachKey).sent).toBe("\x02\x1b[A");
  expect(run(["\x1b[98;5u\x1b[98;5:3ux"], detachKey).sent).toBe("\x1b[98;5u\x1b[98;5:3ux");
  expect(run(["\x02\x1b[200~d\x1b[201~"], detachKey).sent).toBe("\x02\x1b[200~d\x1b[201~");
});

test("releases and reports between prefix and key, they decide nothing and the prefix's release does not leak", () => {
  const detachKey = key("ctrl-b d");
  const between = "\x1b[98;5:3u\x1b[57442;1:3u\x1b[<35;4;5M\x1b[I";
  expect(run([`\x1b[98;5u${between}d`], detachKey)).toEqual({
    sent: "\x1b[57442;1:3u\x1b[<35;4;5M\x1b[I",
    detached: 0,
  });
  expect(run([`\x1b[98;5u${between}x`], detachKey).sent).toBe(`\x1b[98;5u${between}x`);
});

test("a prefix in one key's place, the plain detach key is text", () => {
  expect(run(["\x1c\x1b[92;5u"], key("ctrl-b d"))).toEqual({ sent: "\x1c\x1b[92;5u", detached: -1 });
});

test("the key switched off, everything passes at once", () => {
  expect(run(["\x1c\x1b"], NO_DETACH_KEY)).toEqual({ sent: "\x1c\x1b", detached: -1 });
});

test("ctrl-] and keys of other layouts, they detach", () => {
  expect(run(["\x1d"], key("ctrl-]")).detached).toBe(0);
  expect(run(["\x1b[93;5u"], key("ctrl-]")).detached).toBe(0);
  // Cyrillic: the key that is \ on a US keyboard; and a layout on which \ needs Shift.
  expect(run(["\x1b[1105::92;5u"]).detached).toBe(0);
  expect(run(["\x1b[55:92;6u"]).detached).toBe(0);
  // German: # stands where \ is, and is a key of its own.
  expect(run(["\x1b[35::92;5u"]).detached).toBe(-1);
});

test("a detach key as people write it, it is understood or refused with what is allowed", () => {
  expect(key("ctrl-\\")).toEqual(DEFAULT_DETACH_KEY);
  for (const same of ["C-b d", "^b d", "Ctrl-B d", "ctrl+b d", " ctrl-b  d "])
    expect(key(same)).toEqual(key("ctrl-b d"));
  expect(key("none").steps).toEqual([]);
  expect(key("ctrl-space").steps[0]?.byte).toBe(0);
  expect(key("ctrl-b ctrl-d").label).toBe("ctrl-b ctrl-d");
  for (const bad of ["", "x", "ctrl-", "ctrl-m", "ctrl-[", "ctrl-b d e", "ctrl-1", "ctrl-bb", "ctrl-b \u00e9", "b d"]) {
    const parsed = parseDetachKey(bad);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.code).toBe("bad_value");
  }
});
