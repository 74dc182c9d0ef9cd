// Everything that is typed into the program, from attached clients and from `send`, in the order in which it
// arrived. The PTY writer holds at most 1 MiB; whoever brings more waits: an attached client by not being
// read, `send` until its time is over.

import { timeout } from "../base/disposable.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { PtyProcess } from "../pty/pty.ts";

/** Pieces of a long input; small enough that the program's reading shows at once. */
const PIECE_BYTES = 64 * 1024;

export class Input {
  readonly #writer: Pick<PtyProcess, "write" | "whenRoom" | "room" | "pending">;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(writer: Pick<PtyProcess, "write" | "whenRoom" | "room" | "pending">) {
    this.#writer = writer;
  }

  /** Types what fits; the rest once there is room, calling `pause` before and `resume` after the wait. */
  type(bytes: Uint8Array, pause: () => void, resume: () => void): void {
    if (this.#writer.write(bytes)) return;
    const rest = bytes.slice();
    pause();
    this.#writer.whenRoom(rest.length, () => {
      this.#typePieces(rest);
      resume();
    });
  }

  /** Bytes that bide itself types (Ctrl-C, an answer to a query); dropped when the program reads nothing at all. */
  answer(bytes: Uint8Array): void {
    this.#writer.write(bytes);
  }

  /** Types all of it; `busy` when the program has not made room within `timeoutMs`. Calls do not interleave. */
  send(bytes: Uint8Array, timeoutMs: number): Promise<Result<number>> {
    const sent = this.#sending.then(() => this.#sendPieces(bytes, timeoutMs));
    this.#sending = sent;
    return sent;
  }

  async #sendPieces(bytes: Uint8Array, timeoutMs: number): Promise<Result<number>> {
    let late = false;
    const expired = Promise.withResolvers<void>();
    const timer = timeout(timeoutMs, () => {
      late = true;
      expired.resolve();
    });
    let at = 0;
    while (at < bytes.length && !late) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      if (this.#writer.write(piece)) {
        at += piece.length;
        continue;
      }
      const room = Promise.withResolvers<void>();
      const waiter = this.#writer.whenRoom(piece.length, room.resolve);
      await Promise.race([room.promise, expired.promise]);
      waiter.dispose();
      if (this.#writer.room === 0 && this.#writer.pending === 0) break;
    }
    timer.dispose();
    if (at === bytes.length) return ok(at);
    return fail("busy", `the program does not read: ${at} of ${bytes.length} bytes were taken in ${timeoutMs} ms`);
  }

  /** More than the queue can ever hold at once is cut. */
  #typePieces(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.#writer.write(bytes.subarray(at, at + PIECE_BYTES));
  }
}
