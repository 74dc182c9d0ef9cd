// The framing of the host socket: one message per line, whatever the pieces in which it arrives.

import { expect, test } from "bun:test";
import { cutsOf, randomNumbers } from "../../test/protocol/random-cuts.ts";
import { MAX_LINE_BYTES } from "./limits.ts";
import { encodeLine, LineDecoder } from "./lines.ts";

function decode(pieces: Iterable<Uint8Array>, decoder = new LineDecoder()): { lines: string[]; failure: string } {
  const lines: string[] = [];
  let failure = "";
  for (const piece of pieces) {
    const pushed = decoder.push(piece, (line) => lines.push(line));
    if (!pushed.ok) failure = pushed.message;
  }
  return { lines, failure };
}

test("a message is encoded, one line whatever its strings hold", () => {
  const message = { text: "a\nb\r\u2028\u2029\u0085 \u0000 é 漢 😀 \ud800" };
  const line = encodeLine(message);
  expect(line.indexOf(10)).toBe(line.length - 1);
  expect(decode([line]).lines.map((text) => JSON.parse(text))).toEqual([message]);
});

test("cut at every byte, the same lines, also inside a character of several bytes", () => {
  const stream = new TextEncoder().encode('{"a":"é漢😀"}\n\n{"b":"\u2028"}\r\n{"c":3}\nunfinished');
  const expected = { lines: ['{"a":"é漢😀"}', '{"b":"\u2028"}\r', '{"c":3}'], failure: "" };
  for (let at = 0; at <= stream.length; at += 1) {
    expect(decode([stream.subarray(0, at), stream.subarray(at)])).toEqual(expected);
  }
  expect(decode(Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(expected);
});

test("any stream cut anywhere, the same lines", () => {
  const random = randomNumbers(3);
  for (let round = 0; round < 200; round += 1) {
    const lines = Array.from({ length: random(30) }, () =>
      "x".repeat(1 + (random(5) === 0 ? random(9000) : random(20))),
    );
    const stream = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
    expect(decode(cutsOf(stream, random))).toEqual({ lines, failure: "" });
  }
});

test("10,000 lines in one read, each of them in order", () => {
  const stream = new TextEncoder().encode(Array.from({ length: 10_000 }, (_, at) => `${at}\n`).join(""));
  expect(decode([stream]).lines).toEqual(Array.from({ length: 10_000 }, (_, at) => `${at}`));
});

test("a line of exactly the limit, a line; one byte more, refused, with or without its end", () => {
  const longest = new Uint8Array(MAX_LINE_BYTES).fill(97);
  expect(decode([longest, Uint8Array.of(10)]).lines[0]?.length).toBe(MAX_LINE_BYTES);
  for (const rest of ["b", "b\n"]) {
    const refused = decode([longest, new TextEncoder().encode(rest)]);
    expect(refused).toEqual({ lines: [], failure: `a message is longer than ${MAX_LINE_BYTES} bytes` });
  }
});

test("broken once, it stays broken and keeps nothing of what follows", () => {
  const decoder = new LineDecoder();
  decode([new Uint8Array(MAX_LINE_BYTES + 1).fill(97)], decoder);
  expect(decode([new TextEncoder().encode('\n{"a":1}\n')], decoder)).toEqual({
    lines: [],
    failure: `a message is longer than ${MAX_LINE_BYTES} bytes`,
  });
});
