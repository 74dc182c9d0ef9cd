// What waits to be sent on one connection, as whole frames. Control frames always go out; output frames may
// be dropped when their client reads too slowly, but never one that has been sent in part. Used by
// connection.ts.

import { FRAME_HEADER_BYTES } from "../protocol/frames.ts";
import { giveBackFrame, keepFrame } from "./waiting-frames.ts";

const NOTHING = new Uint8Array(0);

interface Waiting {
  bytes: Uint8Array;
  readonly droppable: boolean;
}

export class OutputQueue {
  #frames: Waiting[] = [];
  #head = 0;
  #started = false;
  #droppable = 0;
  #length = 0;

  /** Bytes waiting in all. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of output that wait and could be dropped. */
  get droppableBytes(): number {
    return this.#droppable;
  }

  /** Output is copied; other frames must not be written into any more. */
  push(bytes: Uint8Array, droppable: boolean): void {
    this.#frames.push({ bytes: droppable ? keepFrame(bytes) : bytes, droppable });
    this.#length += bytes.length;
    if (droppable) this.#droppable += bytes.length;
  }

  /** The bytes to write next; undefined when nothing waits. */
  peek(): Uint8Array | undefined {
    return this.#frames[this.#head]?.bytes;
  }

  /** The first `count` bytes of what `peek` gave have been written. */
  wrote(count: number): void {
    const first = this.#frames[this.#head];
    if (first === undefined || count === 0) return;
    this.#length -= count;
    if (first.droppable) this.#droppable -= count;
    this.#started = count < first.bytes.length;
    if (this.#started) {
      first.bytes = first.bytes.subarray(count);
      return;
    }
    if (first.droppable) giveBackFrame(first.bytes);
    first.bytes = NOTHING;
    this.#head += 1;
    if (this.#head === this.#frames.length) {
      this.#frames = [];
      this.#head = 0;
    } else if (this.#head > 256) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Drops every output frame that has not been begun, in order; returns how many bytes of output they held. */
  dropOutput(): number {
    let dropped = 0;
    const kept: Waiting[] = [];
    for (let at = this.#head; at < this.#frames.length; at += 1) {
      const frame = this.#frames[at] as Waiting;
      if (frame.droppable && !(at === this.#head && this.#started)) {
        this.#length -= frame.bytes.length;
        this.#droppable -= frame.bytes.length;
        dropped += frame.bytes.length - FRAME_HEADER_BYTES;
        giveBackFrame(frame.bytes);
      } else {
        kept.push(frame);
      }
    }
    this.#frames = kept;
    this.#head = 0;
    return dropped;
  }
}
