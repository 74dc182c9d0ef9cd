// The output side of a client's terminal that this worker reaches past the client: what is printed goes straight to it, and
// text waits here while the terminal takes it a little at a time. All else takes the way through the client, which is told
// what it did not see. direct-terminal.ts owns it. The order rule: nothing is printed past output that the client has not
// written yet (`drawn`), and the client is sent nothing past output that waits here.

import { AppendBuffer } from "../base/append-buffer.ts";
import { monotonicMs } from "../base/clock.ts";
import type { Disposable } from "../base/disposable.ts";
import { type Drawn, MOST_STYLED_BYTES } from "../protocol/direct-frames.ts";
import { encodeChunked, encodeFrame, FRAME } from "../protocol/frames.ts";
import type { ClientTty } from "../pty/client-tty.ts";
import type { Outlet } from "../pty/outlet.ts";
import { isStatelessText } from "../terminal/stateless-text.ts";

/** What changes modes is shown to the client without waiting for it, up to so many bytes. */
const MAX_UNFOLLOWED = 256 * 1024;
/** More text waits in the client, which may fall behind. */
const MAX_WAITING = 512 * 1024;
/** What waits for a client is kept in memory for frames of this size (waiting-frames.ts). */
const PIECE_BYTES = 64 * 1024;
/** A terminal that has taken nothing for so long draws slowly, or is stopped: the client waits for it without looking. */
const STUCK_MS = 20;

export interface DirectOutputHandlers {
  /** A frame for the client; output may be dropped when that reads too slowly. */
  send(frame: Uint8Array, droppable: boolean): void;
  /** Output waits for room in the terminal, or none does any more. */
  onWaiting(waits: boolean): void;
}

export class DirectOutput implements Disposable, Outlet {
  readonly #tty: ClientTty;
  readonly #handlers: DirectOutputHandlers;
  readonly #now: () => number;
  readonly #waiting = new AppendBuffer();
  /** When the terminal last took something. */
  #takenAt = 0;
  /** Bytes of replay and output that the client has been sent and has not written. */
  #onTheWay = 0;
  #replaying = true;
  /** Bytes of `shown` that it has not followed. */
  #unfollowed = 0;
  /** What it followed last ended inside a sequence. */
  #inSequence = false;
  /** The last byte of text that it was not shown, -1: none. */
  #untold = -1;
  #gone = false;

  /** `now`: milliseconds of a monotonic clock; only tests give another. */
  constructor(tty: ClientTty, handlers: DirectOutputHandlers, now: () => number = monotonicMs) {
    this.#tty = tty;
    this.#handlers = handlers;
    this.#now = now;
  }

  /** From the start, and while a part of what is on the way is a replay: the terminal may answer to that. */
  get replaying(): boolean {
    return this.#replaying;
  }

  /** The terminal is closed, or not ours any more. */
  get gone(): boolean {
    return this.#gone;
  }

  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  get fd(): number {
    return this.#tty.fd;
  }

  /** Prints, or keeps until there is room; returns how many bytes those were, from the front. */
  print(bytes: Uint8Array): number {
    if (this.#replaying || this.#onTheWay > 0 || this.#gone) return 0;
    const plain = this.#isPlain(bytes);
    if (this.#waiting.length > 0) return plain ? this.#wait(bytes) : this.#handOver();
    if (!plain && bytes.length > MOST_STYLED_BYTES) return 0;
    if (this.#unfollowed > MAX_UNFOLLOWED || !this.#tty.present) return 0;
    const count = this.#write(bytes);
    if (count > 0 && plain) this.#untold = bytes[count - 1] ?? -1;
    else if (count > 0) this.#show(count < bytes.length ? bytes.subarray(0, count) : bytes);
    return plain && count < bytes.length ? count + this.#wait(bytes.subarray(count)) : count;
  }

  /** Writes what there is room for now. */
  drain(): void {
    if (this.#waiting.length === 0) return;
    const { bytes } = this.#waiting;
    const count = this.#tty.present ? this.#write(bytes) : 0;
    if (count > 0) this.#untold = bytes[count - 1] ?? -1;
    this.#waiting.drop(count);
    if (this.#waiting.length === 0) this.#handlers.onWaiting(false);
    else if (count === 0 && (this.#gone || !this.#tty.present || this.#now() - this.#takenAt > STUCK_MS))
      this.#handOver();
  }

  /** The client is sent so many bytes to write. */
  sent(count: number, kind: "output" | "replay" = "output"): void {
    this.#handOver();
    this.#tellLast();
    if (kind === "replay") this.#replaying = true;
    this.#onTheWay += count;
  }

  /** So many of them were dropped. */
  dropped(count: number): void {
    this.#onTheWay = Math.max(0, this.#onTheWay - count);
  }

  /** The client has written all that it was sent. */
  drawn({ written, followed, ground }: Drawn): void {
    this.#onTheWay = Math.max(0, this.#onTheWay - written);
    if (this.#onTheWay === 0) this.#replaying = false;
    this.#unfollowed = Math.max(0, this.#unfollowed - followed);
    this.#inSequence = !ground;
  }

  /** Gives memory back after a burst. */
  rest(): void {
    this.#waiting.release();
  }

  /** Leaves what waits to the client, and tells it what it has not seen. */
  dispose(): void {
    this.#handOver();
    this.#tellLast();
    this.#gone = true;
  }

  #isPlain(bytes: Uint8Array): boolean {
    return !this.#inSequence && this.#unfollowed === 0 && isStatelessText(bytes);
  }

  #write(bytes: Uint8Array): number {
    const count = this.#tty.write(bytes);
    if (count > 0) this.#takenAt = this.#now();
    if (count < 0) this.#gone = true;
    return Math.max(0, count);
  }

  /** Keeps all of it, or nothing: then what waits goes through the client too. */
  #wait(bytes: Uint8Array): number {
    if (this.#waiting.length + bytes.length > MAX_WAITING) return this.#handOver();
    if (this.#waiting.length === 0) this.#handlers.onWaiting(true);
    this.#waiting.add(bytes);
    return bytes.length;
  }

  /** Returns 0. */
  #handOver(): 0 {
    if (this.#waiting.length === 0) return 0;
    const bytes = this.#waiting.take();
    this.#waiting.release();
    this.#handlers.onWaiting(false);
    this.sent(bytes.length);
    for (const frame of encodeChunked(FRAME.output, bytes, PIECE_BYTES)) this.#handlers.send(frame, true);
    return 0;
  }

  /** Whether the cursor stands at the beginning of a line is seen by the last byte. */
  #tellLast(): void {
    if (this.#untold >= 0) this.#tell(Uint8Array.of(this.#untold));
    this.#untold = -1;
  }

  /** The client follows the modes, so that it can undo them. Text that changes none is not worth its time. */
  #show(bytes: Uint8Array): void {
    this.#tellLast();
    this.#tell(bytes);
  }

  #tell(bytes: Uint8Array): void {
    this.#unfollowed += bytes.length;
    this.#handlers.send(encodeFrame(FRAME.shown, bytes), false);
  }
}
