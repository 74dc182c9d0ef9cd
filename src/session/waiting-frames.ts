// Memory of large output frames that wait for a slow client: of one size, used again for the frames that come next.
// output-queue.ts takes and gives back; during a flood past a slow client each new one would wait for a collection, 3 to
// 6 MB of them (measured). One worker serves one session, so there is one store for all its connections.

import { FRAME_HEADER_BYTES } from "../protocol/frames.ts";
import { MAX_CLIENT_QUEUE_BYTES } from "../protocol/limits.ts";

/** What the PTY's reader hands over at most, as a frame. */
const WHOLE_BYTES = 64 * 1024 + FRAME_HEADER_BYTES;
/** Smaller frames are not worth a whole. */
const LEAST_BYTES = 16 * 1024;
/** As many as one client can keep waiting. */
const MOST_SPARES = Math.ceil(MAX_CLIENT_QUEUE_BYTES / WHOLE_BYTES);

let spares: ArrayBuffer[] = [];

/** A copy of the frame; give it back when it is sent or dropped. */
export function keepFrame(frame: Uint8Array): Uint8Array {
  if (frame.length < LEAST_BYTES || frame.length > WHOLE_BYTES) return frame.slice();
  const copy = new Uint8Array(spares.pop() ?? new ArrayBuffer(WHOLE_BYTES), 0, frame.length);
  copy.set(frame);
  return copy;
}

/** Nobody reads these bytes, or those of any part of the same frame, any more. */
export function giveBackFrame({ buffer }: Uint8Array): void {
  if (buffer.byteLength !== WHOLE_BYTES || !(buffer instanceof ArrayBuffer)) return;
  if (spares.length < MOST_SPARES) spares.push(buffer);
}

/** Gives the memory back after a burst. */
export function forgetSpareFrames(): void {
  spares = [];
}
