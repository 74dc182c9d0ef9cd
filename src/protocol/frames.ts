// The framing of a session socket: `type u8, length u32 little endian, payload`. Used by client/ and
// session/. Control payloads are JSON in UTF-8, the rest is raw bytes. Type numbers are frozen by
// frames.test.ts: add new ones, never change one. Unknown types are ignored by both ends.

import { concat } from "../base/byte-queue.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { MAX_FRAME_BYTES } from "./limits.ts";

export const FRAME = {
  // client to worker
  hello: 1,
  attach: 2,
  input: 3,
  resize: 4,
  detach: 5,
  request: 6,
  // worker to client
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
} as const;

export type FrameType = (typeof FRAME)[keyof typeof FRAME];

export const FRAME_HEADER_BYTES = 5;

export interface Frame {
  readonly type: number;
  /** A view into the decoder's memory: valid until the next `push`. */
  readonly payload: Uint8Array;
}

/** One frame around raw bytes. `payload` longer than MAX_FRAME_BYTES is a bug of the caller. */
export function encodeFrame(type: FrameType, payload: Uint8Array = EMPTY): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  writeFrameHeader(frame, type, payload.length);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame;
}

export function encodeJsonFrame(type: FrameType, value: unknown): Uint8Array {
  return encodeFrame(type, encoder.encode(JSON.stringify(value)));
}

export function writeFrameHeader(into: Uint8Array, type: FrameType, length: number): void {
  if (length > MAX_FRAME_BYTES) throw new RangeError(`frame of ${length} bytes, at most ${MAX_FRAME_BYTES}`);
  into[0] = type;
  into[1] = length & 0xff;
  into[2] = (length >>> 8) & 0xff;
  into[3] = (length >>> 16) & 0xff;
  into[4] = length >>> 24;
}

/** Raw bytes of any length as as many frames as they need. */
export function* encodeChunked(type: FrameType, bytes: Uint8Array, chunk = 256 * 1024): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunk) yield encodeFrame(type, bytes.subarray(at, at + chunk));
}

/** Turns the bytes of a socket, cut anywhere, into frames. */
export class FrameDecoder {
  #rest: Uint8Array = EMPTY;
  /** Bytes of an unfinished frame, kept as chunks so that one byte at a time costs nothing quadratic. */
  #parts: Uint8Array[] = [];
  #missing = 0;

  /** Calls `sink` for each whole frame; a failure means that the connection must be closed. */
  push(data: Uint8Array, sink: (frame: Frame) => void): Result<undefined> {
    if (this.#missing > 0) {
      this.#parts.push(data.slice());
      this.#missing -= data.length;
      if (this.#missing > 0) return ok();
      this.#rest = concat(this.#parts);
      this.#parts = [];
      this.#missing = 0;
    } else if (this.#rest.length > 0) {
      this.#rest = concat([this.#rest, data]);
    } else {
      this.#rest = data;
    }
    return this.#frames(sink);
  }

  #frames(sink: (frame: Frame) => void): Result<undefined> {
    const bytes = this.#rest;
    let at = 0;
    while (bytes.length - at >= FRAME_HEADER_BYTES) {
      const length = readU32(bytes, at + 1);
      if (length > MAX_FRAME_BYTES) {
        return fail("protocol", `frame of type ${bytes[at]} says ${length} bytes, at most ${MAX_FRAME_BYTES}`);
      }
      const end = at + FRAME_HEADER_BYTES + length;
      if (bytes.length < end) {
        this.#missing = end - bytes.length;
        this.#parts = [bytes.slice(at)];
        this.#rest = EMPTY;
        return ok();
      }
      sink({ type: bytes[at] as number, payload: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
      at = end;
    }
    this.#rest = at === bytes.length ? EMPTY : bytes.slice(at);
    return ok();
  }
}

function readU32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** The JSON of a control payload; text that is no JSON is a failure, never an exception. */
export function parseJson(payload: Uint8Array | string): Result<unknown> {
  try {
    return ok(JSON.parse(typeof payload === "string" ? payload : decoder.decode(payload)));
  } catch (cause) {
    return fail("protocol", "a message is not valid JSON", { cause });
  }
}

const EMPTY = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
