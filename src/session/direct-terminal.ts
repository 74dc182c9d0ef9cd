// A client's terminal that this worker reads and writes by itself, past the client, as long as nothing needs the client:
// what is printed goes straight to it while the terminal takes it at once, keys go straight to the program while none
// can be the detach key or begin something (plain-keys.ts). All else takes the way through the client, which is told what it
// did not see. attached-client.ts owns it. The order rules: nothing is printed past output that the client has not written
// yet (`drawn`), and nothing is typed past keys that it has not dealt with (`passed`).

import type { Disposable } from "../base/disposable.ts";
import type { ClientTerminal } from "../protocol/attach-messages.ts";
import { type Drawn, PASSED } from "../protocol/direct-frames.ts";
import { encodeFrame, FRAME } from "../protocol/frames.ts";
import { ClientTty } from "../pty/client-tty.ts";
import { areForProgram } from "./plain-keys.ts";

/** More at once is part of a flood, which is faster in two processes: one reads the PTY while the other writes. */
const MOST_BYTES = 4096;
/** What changes more than text: Escape, SO, SI and the lead byte of C1 controls. */
const NOT_PLAIN = [0x1b, 0x0e, 0x0f, 0xc2];
/** What changes modes is shown to the client without waiting for it, up to so many bytes. */
const MAX_UNFOLLOWED = 256 * 1024;
/** Reads in one turn of the event loop. */
const READS = 4;

export interface DirectHandlers {
  /** Keys are about to be read here: time to look at the terminal whose keys and answers come first. */
  lookFirst(): void;
  /** Keys for the program, valid during the call. */
  type(bytes: Uint8Array): void;
  /** A frame for the client. */
  send(frame: Uint8Array): void;
}

export class DirectTerminal implements Disposable {
  readonly #tty: ClientTty;
  readonly #handlers: DirectHandlers;
  readonly #held: readonly number[];
  /** Bytes of replay and output that the client has been sent and has not written. */
  #onTheWay = 0;
  /** From the start, and while a part of what is on the way is a replay: the terminal may answer to that. */
  #replaying = true;
  /** Bytes of `shown` that it has not followed. */
  #unfollowed = 0;
  /** What it followed last ended inside a sequence. */
  #inSequence = false;
  /** The last byte of text that it was not shown, -1: none. */
  #untold = -1;
  #gone = false;
  /** Keys go on through the client until it says that nothing waits there. */
  #keysThroughClient = false;
  /** A `typed` frame is not answered yet: what is typed now comes after it. */
  #asked = false;
  #reads = true;
  #lookPlanned = false;

  private constructor(tty: ClientTty, held: readonly number[], handlers: DirectHandlers) {
    this.#tty = tty;
    this.#held = held;
    this.#handlers = handlers;
  }

  /** Undefined: this worker cannot reach that terminal. */
  static open(name: ClientTerminal, handlers: DirectHandlers): DirectTerminal | undefined {
    let direct: DirectTerminal | undefined;
    const tty = ClientTty.open(name, () => direct?.look());
    if (tty === undefined) return undefined;
    direct = new DirectTerminal(tty, name.held, handlers);
    return direct;
  }

  /** Reads the keyboard from now on, for its client. */
  listen(): void {
    this.#tty.listen();
    this.#planLook();
  }

  /** Prints what the terminal takes at once; returns how many bytes that were, from the front. */
  print(bytes: Uint8Array): number {
    if (bytes.length > MOST_BYTES || this.#replaying || this.#onTheWay > 0) return 0;
    if (this.#unfollowed > MAX_UNFOLLOWED || this.#gone || !this.#tty.present) return 0;
    const count = this.#tty.write(bytes);
    if (count < 0) this.#gone = true;
    if (count <= 0) return 0;
    this.#tell(count < bytes.length ? bytes.subarray(0, count) : bytes);
    return count;
  }

  /** The client is sent so many bytes to write. */
  sent(count: number, kind: "output" | "replay" = "output"): void {
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
    // It may have been stopped: what was typed meanwhile is not told again.
    this.look();
  }

  /** The client has dealt with the keys that it was given; `next`: PASSED. */
  passed(next: number): void {
    if (next === PASSED.mine) return this.#stopReading();
    this.#asked = false;
    this.#keysThroughClient = next !== PASSED.straight;
    this.look();
  }

  /** The program takes no more keys: the client reads them from now on, for its detach key. */
  handOverKeys(): void {
    if (!this.#reads) return;
    this.#stopReading();
    this.#handlers.send(encodeFrame(FRAME.typed));
  }

  /** Something may have been typed. */
  look(): void {
    this.#handlers.lookFirst();
    for (let read = 0; read < READS; read += 1) {
      if (!this.#reads || this.#asked || this.#gone || !this.#tty.readable || !this.#tty.present) return;
      const bytes = this.#tty.read();
      if (bytes.length === 0) return;
      // What a terminal answers to a replay is nobody's answer; the client takes it out.
      if (this.#keysThroughClient || !areForProgram(bytes, this.#held, !this.#replaying)) this.#ask(bytes);
      else this.#handlers.type(bytes);
    }
    this.#planLook();
  }

  /** Tells the client what it has not seen, and lets the terminal go. */
  dispose(): void {
    this.#tellLast();
    this.#stopReading();
    this.#gone = true;
    this.#tty.dispose();
  }

  #planLook(): void {
    if (this.#lookPlanned) return;
    this.#lookPlanned = true;
    setImmediate(() => {
      this.#lookPlanned = false;
      this.look();
    });
  }

  #ask(bytes: Uint8Array): void {
    this.#asked = true;
    this.#handlers.send(encodeFrame(FRAME.typed, bytes));
  }

  #stopReading(): void {
    this.#reads = false;
    this.#tty.unlisten();
  }

  /** The client follows the modes, so that it can undo them. Text that changes none is not worth its time. */
  #tell(bytes: Uint8Array): void {
    const plain = !this.#inSequence && this.#unfollowed === 0 && NOT_PLAIN.every((byte) => bytes.indexOf(byte) < 0);
    if (plain) {
      this.#untold = bytes[bytes.length - 1] ?? -1;
      return;
    }
    this.#tellLast();
    this.#show(bytes);
  }

  /** Whether the cursor stands at the beginning of a line is seen by the last byte. */
  #tellLast(): void {
    if (this.#untold >= 0) this.#show(Uint8Array.of(this.#untold));
    this.#untold = -1;
  }

  #show(bytes: Uint8Array): void {
    this.#unfollowed += bytes.length;
    this.#handlers.send(encodeFrame(FRAME.shown, bytes));
  }
}
