// A client's terminal that this worker reads and writes by itself, past the client, as long as nothing needs the client:
// what is printed goes straight to it (direct-output.ts), keys go straight to the program while none can be the detach key
// or begin something (plain-keys.ts). All else takes the way through the client. attached-client.ts owns it. The order rule
// of keys: nothing is typed past keys that the client has not dealt with (`passed`).

import { type Disposable, timeout } from "../base/disposable.ts";
import type { ClientTerminal, Will } from "../protocol/attach-messages.ts";
import { type Drawn, MOST_STYLED_BYTES, PASSED } from "../protocol/direct-frames.ts";
import { encodeFrame, FRAME } from "../protocol/frames.ts";
import { ClientTty } from "../pty/client-tty.ts";
import type { Outlet } from "../pty/outlet.ts";
import { DirectOutput } from "./direct-output.ts";
import { executeWill } from "./last-will.ts";
import { areForProgram } from "./plain-keys.ts";

/** Between two looks at the keyboard during a flood. */
const LOOK_MS = 5;
/** Reads in one turn of the event loop. */
const READS = 4;

export interface DirectHandlers {
  /** Keys are about to be read here: time to look at the terminal whose keys and answers come first. */
  lookFirst(): void;
  /** Keys for the program, valid during the call. */
  type(bytes: Uint8Array): void;
  /** A frame for the client; output may be dropped when that reads too slowly. */
  send(frame: Uint8Array, droppable: boolean): void;
  /** Output waits for room in the terminal, or none does any more. */
  onWaiting(outlet: Outlet, waits: boolean): void;
}

export class DirectTerminal implements Disposable {
  /** The client's, once it has made one. */
  will: Will | undefined;
  readonly #tty: ClientTty;
  readonly #handlers: DirectHandlers;
  readonly #held: readonly number[];
  readonly #output: DirectOutput;
  /** Keys go on through the client until it says that nothing waits there. */
  #keysThroughClient = false;
  /** A `typed` frame is not answered yet: what is typed now comes after it. */
  #asked = false;
  #reads = true;
  #lookPlanned = false;
  #floods = false;
  #regularLook: Disposable | undefined;

  private constructor(tty: ClientTty, held: readonly number[], handlers: DirectHandlers, now?: () => number) {
    this.#tty = tty;
    this.#held = held;
    this.#handlers = handlers;
    this.#output = new DirectOutput(
      tty,
      {
        send: (frame, droppable) => handlers.send(frame, droppable),
        onWaiting: (waits) => {
          if (waits) this.#lookRegularly();
          handlers.onWaiting(this.#output, waits);
        },
      },
      now,
    );
  }

  /** Undefined: this worker cannot reach that terminal. `now`: the clock of DirectOutput. */
  static open(name: ClientTerminal, handlers: DirectHandlers, now?: () => number): DirectTerminal | undefined {
    let direct: DirectTerminal | undefined;
    const tty = ClientTty.open(name, () => direct?.look());
    if (tty === undefined) return undefined;
    direct = new DirectTerminal(tty, name.held, handlers, now);
    return direct;
  }

  /** Reads the keyboard from now on, for its client. */
  listen(): void {
    this.#tty.listen();
    this.#planLook();
  }

  /** Prints, or keeps until there is room; returns how many bytes those were, from the front. */
  print(bytes: Uint8Array): number {
    return this.#output.print(bytes);
  }

  /** The client is sent so many bytes to write. */
  sent(count: number, kind: "output" | "replay" = "output"): void {
    this.#output.sent(count, kind);
    if (count > MOST_STYLED_BYTES) this.#lookRegularly();
  }

  /** So many of them were dropped. */
  dropped(count: number): void {
    this.#output.dropped(count);
  }

  /** The client has written all that it was sent. */
  drawn(drawn: Drawn): void {
    this.#output.drawn(drawn);
    // It may have been stopped: what was typed meanwhile is not told again.
    this.look();
  }

  /** Gives memory back after a burst. */
  rest(): void {
    this.#output.rest();
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
    this.#handlers.send(encodeFrame(FRAME.typed), false);
  }

  /** Something may have been typed. */
  look(): void {
    this.#handlers.lookFirst();
    for (let read = 0; read < READS; read += 1) {
      if (!this.#reads || this.#asked || this.#output.gone || !this.#tty.readable || !this.#tty.present) return;
      const bytes = this.#tty.read();
      if (bytes.length === 0) return;
      // What a terminal answers to a replay is nobody's answer; the client takes it out.
      if (this.#keysThroughClient || !areForProgram(bytes, this.#held, !this.#output.replaying)) this.#ask(bytes);
      else this.#handlers.type(bytes);
    }
    this.#planLook();
  }

  /** Tells the client what it has not seen, and lets the terminal go. */
  dispose(): void {
    this.#stop();
    this.#tty.dispose();
  }

  /** The connection broke without a word. A client that was killed cannot give its terminal back: that is done here. */
  abandon(): void {
    this.#stop();
    if (this.will !== undefined && this.#tty.deserted) executeWill(this.#tty, this.will);
    else this.#tty.dispose();
  }

  #stop(): void {
    this.#output.dispose();
    this.#stopReading();
    this.#regularLook?.dispose();
  }

  #planLook(): void {
    if (this.#lookPlanned) return;
    this.#lookPlanned = true;
    setImmediate(() => {
      this.#lookPlanned = false;
      this.look();
    });
  }

  /** While a flood goes on the kernel would tell of room in the terminal far more often than of keys: it is not asked to. */
  #lookRegularly(): void {
    this.#floods = true;
    if (this.#regularLook !== undefined) return;
    if (this.#reads) this.#tty.signalled = false;
    this.#lookAgain();
  }

  #lookAgain(): void {
    this.#regularLook = timeout(LOOK_MS, () => {
      this.#regularLook = undefined;
      // Whoever gives the output its turns may be gone, with the program.
      this.#output.drain();
      if (this.#floods) this.#lookAgain();
      else if (this.#reads) this.#tty.signalled = true;
      this.#floods = this.#output.waits;
      this.look();
    });
  }

  #ask(bytes: Uint8Array): void {
    this.#asked = true;
    this.#handlers.send(encodeFrame(FRAME.typed, bytes), false);
  }

  #stopReading(): void {
    this.#reads = false;
    this.#tty.unlisten();
  }
}
