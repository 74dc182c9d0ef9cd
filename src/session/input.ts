// Everything that is typed into the program, from attached clients and from `send`, in the order in which it
// arrived. The PTY writer holds at most 1 MiB; whoever brings more waits: an attached client by not being
// read, `send` until its time is over. No typed byte is dropped while the program lives.

import { timeout } from "../base/disposable.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { PtyProcess } from "../pty/pty.ts";

/** Pieces of a long input; small enough that the program's reading shows at once. */
const PIECE_BYTES = 64 * 1024;

type Writer = Pick<PtyProcess, "write" | "whenRoom" | "closed">;

interface Typed {
  bytes: Uint8Array;
  /** Its client may be read again. */
  readonly resume: () => void;
}

export class Input {
  readonly #writer: Writer;
  readonly #typed: Typed[] = [];
  #sending: Promise<unknown> = Promise.resolve();

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Types bytes of a client. When there is no room, `pause` is called now and `resume` when all of them are taken. */
  type(bytes: Uint8Array, pause: () => void, resume: () => void): void {
    if (this.#typed.length === 0 && bytes.length <= PIECE_BYTES && this.#writer.write(bytes)) return;
    pause();
    this.#typed.push({ bytes: bytes.slice(), resume });
    if (this.#typed.length === 1) this.#typeOn();
  }

  /** Bytes that bide itself types (Ctrl-C, an answer to a query); dropped (false) when the program reads nothing at all. */
  answer(bytes: Uint8Array): boolean {
    return this.#writer.write(bytes);
  }

  /** Types all of it; `busy` when the program has not made room within `timeoutMs`. Calls do not interleave. */
  send(bytes: Uint8Array, timeoutMs: number): Promise<Result<number>> {
    const sent = this.#sending.then(() => this.#sendPieces(bytes, timeoutMs));
    this.#sending = sent;
    return sent;
  }

  /** As much of what waits as there is room for. */
  #typeOn(): void {
    for (let first = this.#typed[0]; first !== undefined; first = this.#typed[0]) {
      while (first.bytes.length > 0 && !this.#writer.closed) {
        const piece = first.bytes.subarray(0, PIECE_BYTES);
        if (!this.#writer.write(piece)) {
          this.#writer.whenRoom(piece.length, () => this.#typeOn());
          return;
        }
        first.bytes = first.bytes.subarray(piece.length);
      }
      this.#typed.shift();
      first.resume();
    }
  }

  async #sendPieces(bytes: Uint8Array, timeoutMs: number): Promise<Result<number>> {
    let late = false;
    const expired = Promise.withResolvers<void>();
    const timer = timeout(timeoutMs, () => {
      late = true;
      expired.resolve();
    });
    let at = 0;
    while (at < bytes.length && !late && !this.#writer.closed) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      if (this.#writer.write(piece)) {
        at += piece.length;
        continue;
      }
      const room = Promise.withResolvers<void>();
      const waiter = this.#writer.whenRoom(piece.length, room.resolve);
      await Promise.race([room.promise, expired.promise]);
      waiter.dispose();
    }
    timer.dispose();
    if (at === bytes.length) return ok(at);
    if (this.#writer.closed)
      return fail("session_ended", `the program ended when ${at} of ${bytes.length} bytes were typed`);
    return fail("busy", `the program does not read: ${at} of ${bytes.length} bytes were taken in ${timeoutMs} ms`);
  }
}
