// One attached client: its terminal's size, whether it may type, and how far it is. A client that reads too
// slowly is *behind*: what waits for it is dropped, and when it reads again it gets the screen as it is then
// and live bytes from that offset. It costs at most MAX_CLIENT_QUEUE_BYTES and slows nobody.

import { utcNow } from "../base/clock.ts";
import { encodeFrame, FRAME, type FrameType } from "../protocol/frames.ts";
import { MAX_CELLS, MAX_CLIENT_QUEUE_BYTES } from "../protocol/limits.ts";
import { InputClassifier, type InputKinds } from "../terminal/key-classifier.ts";
import type { Connection } from "./connection.ts";
import type { DirectTerminal } from "./direct-terminal.ts";
import { forgetSpareFrames } from "./waiting-frames.ts";

export interface ClientSize {
  readonly rows: number;
  readonly cols: number;
  readonly xpixel: number;
  readonly ypixel: number;
}

export class AttachedClient {
  readonly id: string;
  readonly connection: Connection;
  readonly readOnly: boolean;
  /** False for a client without a terminal, whose size never counts. */
  readonly sized: boolean;
  readonly since = utcNow();
  /** It has been told that it is attached; events come after that. */
  announced = false;
  size: ClientSize;
  /** Its terminal, reached past it; see direct-terminal.ts. */
  terminal: DirectTerminal | undefined;
  /** Order of the last claim (typing, clicking, taking, arriving): the highest owns input and size. */
  claimed = 0;
  readonly #classifier = new InputClassifier();
  #skipped = 0;
  /** From the start: output is held back until the first replay has been sent. */
  #behind = true;
  #replayed = false;

  constructor(id: string, connection: Connection, size: ClientSize, rights: { readOnly: boolean; sized: boolean }) {
    this.id = id;
    this.connection = connection;
    this.size = size;
    this.readOnly = rights.readOnly;
    this.sized = rights.sized;
  }

  /** Output is held back for it; a replay brings it up to now. */
  get behind(): boolean {
    return this.#behind;
  }

  /** It fell behind after its first replay and reads again: see AttachHub. */
  get mayCatchUp(): boolean {
    return this.#behind && this.#replayed;
  }

  /** What these bytes of the client are; a report that is cut between two frames stays a report. */
  classify(bytes: Uint8Array): InputKinds {
    return this.#classifier.push(bytes);
  }

  /**
   * Live output; `length` is the number of the program's bytes in it, `frame` gives the frame of all of it, shared by all
   * clients.
   */
  output(bytes: Uint8Array, length: number, frame: () => Uint8Array): void {
    if (this.#behind) {
      this.#skipped += length;
      return;
    }
    const printed = this.terminal?.print(bytes) ?? 0;
    const left = bytes.length - printed;
    if (left === 0) return;
    if (this.connection.waitingOutput + left > MAX_CLIENT_QUEUE_BYTES) {
      this.#behind = true;
      const dropped = this.connection.dropOutput();
      forgetSpareFrames();
      this.terminal?.dropped(dropped);
      this.#skipped = dropped + length;
      return;
    }
    this.terminal?.sent(left);
    this.connection.send(printed === 0 ? frame() : encodeFrame(FRAME.output, bytes.subarray(printed)), true);
  }

  /** The program does not take what this client types: it is not read until the connection is resumed. */
  holdTyping(): void {
    this.terminal?.handOverKeys();
    this.connection.pause();
  }

  /** The last frame before it is no client any more; its terminal is its own from here on. */
  leave(type: FrameType, message: unknown): void {
    this.terminal?.dispose();
    this.terminal = undefined;
    this.connection.sendJson(type, message);
  }

  /** Its connection broke. */
  abandon(): void {
    this.terminal?.abandon();
    this.terminal = undefined;
  }

  /** What a new replay says: where live output begins again, and the screen there. */
  replay(bytes: Uint8Array, offset: number): void {
    if (this.#replayed) this.connection.sendJson(FRAME.behind, { skipped: this.#skipped, offset });
    this.#replayed = true;
    this.#behind = false;
    this.#skipped = 0;
    this.terminal?.sent(bytes.length, "replay");
    this.connection.sendBytes(FRAME.replay, bytes);
    this.connection.sendJson(FRAME.live, { offset });
  }
}

/** A size as a terminal reports it, made usable: 0, fractions, NaN and huge numbers happen. */
export function clampSize(reported: { rows: number; cols: number; xpixel?: number; ypixel?: number }): ClientSize {
  return {
    rows: clamp(reported.rows, 1, MAX_CELLS),
    cols: clamp(reported.cols, 1, MAX_CELLS),
    xpixel: clamp(reported.xpixel ?? 0, 0, 65_535),
    ypixel: clamp(reported.ypixel ?? 0, 0, 65_535),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low;
}
