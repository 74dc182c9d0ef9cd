// The framing of a session socket. Two tests here freeze what is on the wire: a session that was started by an
// older version speaks these numbers for as long as it lives.

import { expect, test } from "bun:test";
import { cutsOf, randomNumbers } from "../../test/protocol/random-cuts.ts";
import { amount } from "../../test/support/amounts.ts";
import {
  encodeChunked,
  encodeFrame,
  encodeJsonFrame,
  FRAME,
  FrameDecoder,
  parseJson,
  writeFrameHeader,
} from "./frames.ts";
import {
  MAX_CELLS,
  MAX_CLIENT_QUEUE_BYTES,
  MAX_FRAME_BYTES,
  MAX_LABEL_BYTES,
  MAX_LABELS,
  MAX_LINE_BYTES,
  MAX_NAME_BYTES,
  MAX_READ_BYTES,
  MAX_WAIT_MS,
  PROTOCOL_VERSION,
} from "./limits.ts";

/** Far deeper than a stack. */
const DEEP = amount(200_000, 2_000_000);

interface Kept {
  readonly type: number;
  readonly payload: string;
}

/** The frames in some pieces of a stream, copied, and why it broke. */
function decode(pieces: Iterable<Uint8Array>, decoder = new FrameDecoder()): { frames: Kept[]; failure: string } {
  const frames: Kept[] = [];
  let failure = "";
  for (const piece of pieces) {
    const pushed = decoder.push(piece, ({ type, payload }) => {
      frames.push({ type, payload: Buffer.from(payload).toString("latin1") });
    });
    if (!pushed.ok) failure = pushed.message;
  }
  return { frames, failure };
}

function header(type: number, ...length: [number, number, number, number]): Uint8Array {
  return Uint8Array.of(type, ...length);
}

test("the numbers of the frames, frozen: do not fix this test, add a new number", () => {
  expect(FRAME).toEqual({
    hello: 1,
    attach: 2,
    input: 3,
    resize: 4,
    detach: 5,
    request: 6,
    drawn: 7,
    passed: 8,
    will: 9,
    welcome: 65,
    attached: 66,
    replay: 67,
    live: 68,
    output: 69,
    event: 70,
    response: 71,
    detached: 72,
    exit: 73,
    behind: 74,
    error: 75,
    bytes: 76,
    typed: 77,
    shown: 78,
  });
  expect(encodeFrame(FRAME.input, Uint8Array.of(0x61, 0x62))).toEqual(Uint8Array.of(3, 2, 0, 0, 0, 0x61, 0x62));
  expect(encodeFrame(FRAME.detach)).toEqual(Uint8Array.of(5, 0, 0, 0, 0));
});

test("the limits, frozen: do not fix this test, an older peer keeps the ones it was started with", () => {
  expect({
    PROTOCOL_VERSION,
    MAX_FRAME_BYTES,
    MAX_LINE_BYTES,
    MAX_CLIENT_QUEUE_BYTES,
    MAX_READ_BYTES,
    MAX_WAIT_MS,
    MAX_CELLS,
    MAX_NAME_BYTES,
    MAX_LABELS,
    MAX_LABEL_BYTES,
  }).toEqual({
    PROTOCOL_VERSION: 1,
    MAX_FRAME_BYTES: 4_194_304,
    MAX_LINE_BYTES: 16_777_216,
    MAX_CLIENT_QUEUE_BYTES: 1_048_576,
    MAX_READ_BYTES: 1_048_576,
    MAX_WAIT_MS: 2_147_483_647,
    MAX_CELLS: 1000,
    MAX_NAME_BYTES: 128,
    MAX_LABELS: 64,
    MAX_LABEL_BYTES: 256,
  });
});

test("one byte at a time, the same frames as at once", () => {
  const stream = Buffer.concat([
    encodeJsonFrame(FRAME.hello, { protocol: 1, version: "x" }),
    encodeFrame(FRAME.detach),
    encodeFrame(FRAME.input, new Uint8Array(300).fill(7)),
  ]);
  const drip = Array.from(stream, (byte) => Uint8Array.of(byte));
  expect(decode(drip)).toEqual(decode([stream]));
  expect(decode(drip).frames.map(({ type }) => type)).toEqual([FRAME.hello, FRAME.detach, FRAME.input]);
});

test("10,000 frames in one read, each of them in order", () => {
  const stream = Buffer.concat(
    Array.from({ length: 10_000 }, (_, at) => encodeFrame(FRAME.input, Buffer.from(`${at}`))),
  );
  const { frames } = decode([stream]);
  expect(frames.length).toBe(10_000);
  expect(frames.every((frame, at) => frame.type === FRAME.input && frame.payload === `${at}`)).toBe(true);
});

test("a length of 2^32 - 1 or one more than allowed, refused with both numbers before anything is kept", () => {
  expect(decode([header(FRAME.input, 255, 255, 255, 255)]).failure).toBe(
    "frame of type 3 says 4294967295 bytes, at most 4194304",
  );
  expect(decode([header(FRAME.input, 1, 0, 64, 0)]).failure).toContain("4194305 bytes");
  expect(decode([header(FRAME.input, 255, 255, 255, 255).subarray(0, 4)]).failure).toBe("");
});

test("a length of 0 or exactly the limit, a frame", () => {
  const largest = encodeFrame(FRAME.input, new Uint8Array(MAX_FRAME_BYTES));
  const decoder = new FrameDecoder();
  const lengths: number[] = [];
  const pushed = decoder.push(Buffer.concat([header(FRAME.input, 0, 0, 0, 0), largest]), ({ payload }) => {
    lengths.push(payload.length);
  });
  expect(pushed.ok).toBe(true);
  expect(lengths).toEqual([0, MAX_FRAME_BYTES]);
});

test("broken once, it stays broken and takes nothing more, however much follows", () => {
  const decoder = new FrameDecoder();
  const good = encodeFrame(FRAME.detach);
  const { frames, failure } = decode(
    [good, header(9, 255, 255, 255, 255), good, new Uint8Array(1 << 20), good],
    decoder,
  );
  expect(frames.map(({ type }) => type)).toEqual([FRAME.detach]);
  expect(failure).toContain("frame of type 9");
});

test("types that nobody knows yet, decoded like all others so that receivers can pass over them", () => {
  const stream = Buffer.concat([
    header(0, 1, 0, 0, 0),
    Buffer.from("a"),
    header(255, 0, 0, 0, 0),
    encodeFrame(FRAME.live),
  ]);
  expect(decode([stream]).frames).toEqual([
    { type: 0, payload: "a" },
    { type: 255, payload: "" },
    { type: FRAME.live, payload: "" },
  ]);
});

test("any stream cut anywhere, the same frames", () => {
  const random = randomNumbers(1);
  for (let round = 0; round < amount(100, 300); round += 1) {
    const frames = Array.from({ length: 1 + random(20) }, () => {
      const payload = Uint8Array.from({ length: random(4) === 0 ? random(5000) : random(12) }, () => random(256));
      return { type: random(256), payload };
    });
    const stream = Buffer.concat(
      frames.map(({ type, payload }) => {
        const { length } = payload;
        return Buffer.concat([header(type, length & 255, length >> 8, 0, 0), payload]);
      }),
    );
    const expected = frames.map(({ type, payload }) => ({ type, payload: Buffer.from(payload).toString("latin1") }));
    expect(decode(cutsOf(stream, random))).toEqual({ frames: expected, failure: "" });
  }
});

test("random bytes, frames or a failure and never an exception", () => {
  const random = randomNumbers(2);
  for (let round = 0; round < amount(100, 300); round += 1) {
    const stream = Uint8Array.from({ length: random(3000) }, () => random(3) * random(128));
    expect(() => decode(cutsOf(stream, random))).not.toThrow();
  }
});

test("the beginning of a large frame in small pieces, memory of about its length", () => {
  const decoder = new FrameDecoder();
  const frame = encodeFrame(FRAME.input, new Uint8Array(MAX_FRAME_BYTES));
  const piece = 4;
  Bun.gc(true);
  const before = process.memoryUsage.rss();
  for (let at = 0; at + piece < frame.length; at += piece) decoder.push(frame.subarray(at, at + piece), () => {});
  // 4 MiB, its copy while growing, and garbage; kept as an array of pieces it was more than 120 MiB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  expect(decode([frame.subarray(frame.length - piece)], decoder).frames.length).toBe(1);
});

test("bytes longer than a frame may be, as many frames as they need and not a byte lost", () => {
  const bytes = new Uint8Array(2 * MAX_FRAME_BYTES + 5).map((_, at) => at % 251);
  const { frames } = decode(encodeChunked(FRAME.replay, bytes));
  expect(frames.map(({ payload }) => payload.length)).toEqual([MAX_FRAME_BYTES, MAX_FRAME_BYTES, 5]);
  expect(Buffer.from(frames.map(({ payload }) => payload).join(""), "latin1").equals(bytes)).toBe(true);
  expect([...encodeChunked(FRAME.replay, new Uint8Array(0))]).toEqual([]);
});

test("a piece of an answer with its number in front, one frame and never torn in two", () => {
  expect([...encodeChunked(FRAME.bytes, new Uint8Array(4 + 256 * 1024))].length).toBe(1);
});

test("a frame longer than the limit, a bug of whoever makes it", () => {
  expect(() => writeFrameHeader(new Uint8Array(5), FRAME.input, MAX_FRAME_BYTES + 1)).toThrow(RangeError);
});

test("a payload that is no JSON, nested too deeply or not UTF-8, a failure or text and never an exception", () => {
  for (const text of ["", "{", "nul", "{'a':1}", '{"a":1}}', "\u0000"]) {
    expect(parseJson(text)).toMatchObject({ ok: false, code: "protocol" });
  }
  expect(() => parseJson(`${"[".repeat(DEEP)}${"]".repeat(DEEP)}`)).not.toThrow();
  expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: true, value: "\ufffd" });
});
