// The framing of a session socket: `type u8, length u32 little endian, payload`. Used by client/ and
// session/. Control payloads are JSON in UTF-8, the rest is raw bytes. Type numbers are frozen by
// frames.test.ts: add new ones, never change one. Unknown types are ignored by both ends.

import { type Failure, fail, ok, type Result } from "../base/result.ts";
import { MAX_FRAME_BYTES } from "./limits.ts";
import { PartialMessage } from "./partial-message.ts";

export const FRAME = {
  // client to worker
  hello: 1,
  attach: 2,
  input: 3,
  resize: 4,
  detach: 5,
  request: 6,
  drawn: 7,
  passed: 8,
  will: 9,
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
  typed: 77,
  shown: 78,
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

/**
 * Raw bytes of any length as as many frames as they need. A caller that has cut its bytes already (an answer's
 * `bytes` frames each begin with the number of the request) gets each piece back as one frame.
 */
export function* encodeChunked(type: FrameType, bytes: Uint8Array, chunk = MAX_FRAME_BYTES): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunk) yield encodeFrame(type, bytes.subarray(at, at + chunk));
}

/** Turns the bytes of a socket, cut anywhere, into frames. */
export class FrameDecoder {
  /** The frame whose end has not arrived yet. */
  readonly #begun = new PartialMessage();
  #broken: Failure | undefined;

  /**
   * Calls `sink` for each whole frame; a failure means that the connection must be closed, and whatever is pushed
   * afterwards is dropped.
   */
  push(data: Uint8Array, sink: (frame: Frame) => void): Result<undefined> {
    let at = this.#begun.length > 0 ? this.#finish(data, sink) : 0;
    while (this.#broken === undefined && data.length - at >= FRAME_HEADER_BYTES) {
      const end = at + this.#sizeOf(data, at);
      if (this.#broken !== undefined || data.length < end) break;
      sink(frameOf(data.subarray(at, end)));
      at = end;
    }
    if (this.#broken !== undefined) return this.#broken;
    this.#begun.add(data.subarray(at));
    return ok();
  }

  /** Adds what the begun frame still lacks; returns how much of `data` that was. */
  #finish(data: Uint8Array, sink: (frame: Frame) => void): number {
    const at = this.#fill(data, 0, FRAME_HEADER_BYTES);
    if (this.#begun.length < FRAME_HEADER_BYTES) return at;
    const size = this.#sizeOf(this.#begun.bytes, 0);
    if (this.#broken !== undefined) return at;
    const end = this.#fill(data, at, size);
    if (this.#begun.length === size) sink(frameOf(this.#begun.take()));
    return end;
  }

  #fill(data: Uint8Array, at: number, size: number): number {
    const piece = data.subarray(at, at + Math.max(0, size - this.#begun.length));
    this.#begun.add(piece);
    return at + piece.length;
  }

  /** Header and payload in bytes. A length over the limit breaks the connection before anything is kept for it. */
  #sizeOf(bytes: Uint8Array, at: number): number {
    const length = readU32(bytes, at + 1);
    if (length > MAX_FRAME_BYTES) {
      this.#begun.clear();
      this.#broken = fail("protocol", `frame of type ${bytes[at]} says ${length} bytes, at most ${MAX_FRAME_BYTES}`);
    }
    return FRAME_HEADER_BYTES + length;
  }
}

function frameOf(whole: Uint8Array): Frame {
  return { type: whole[0] as number, payload: whole.subarray(FRAME_HEADER_BYTES) };
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
