// The payloads of the two frames by which a client and a worker share one terminal (docs/protocol.md, "At the client's
// terminal"). Small and often sent, so they are bytes and no JSON. Written by client/, read by session/.

/** What a `passed` frame says of the keys that follow. */
export const PASSED = {
  /** They may go to the program at once. */
  straight: 0,
  /** They too go to the client first: a sequence, a paste or a detach key is half typed. */
  held: 1,
  /** The client reads them itself from now on. */
  mine: 2,
} as const;
export type Passed = (typeof PASSED)[keyof typeof PASSED];

/** Output with sequences in it goes through the client from so many bytes on: it has to follow the modes anyway. */
export const MOST_STYLED_BYTES = 4096;

/** What a client has done since its last `drawn`; sent when nothing of what it got waits to be written. */
export interface Drawn {
  /** Bytes of `replay` and `output` frames. */
  readonly written: number;
  /** Bytes of `shown` frames. */
  readonly followed: number;
  /** What it wrote or followed last ended outside of any sequence. */
  readonly ground: boolean;
}

const DRAWN_BYTES = 9;

/** Two counts (u32, little endian) and 1 or 0. */
export function encodeDrawn({ written, followed, ground }: Drawn): Uint8Array {
  const payload = new Uint8Array(DRAWN_BYTES);
  const view = new DataView(payload.buffer);
  view.setUint32(0, written, true);
  view.setUint32(4, followed, true);
  payload[8] = ground ? 1 : 0;
  return payload;
}

/** Undefined for a payload that is none. */
export function readDrawn(payload: Uint8Array): Drawn | undefined {
  if (payload.length < DRAWN_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset);
  return { written: view.getUint32(0, true), followed: view.getUint32(4, true), ground: payload[8] === 1 };
}
