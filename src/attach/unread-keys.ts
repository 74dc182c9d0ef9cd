// Notices that nobody reads the keyboard, while the worker should (docs/protocol.md, "At the client's terminal"): a
// worker that hangs must not keep anybody from leaving. Made by keyboard.ts. Linux only, as that way is.

import { closeSync, constants, openSync } from "node:fs";
import { type Disposable, timeout } from "../base/disposable.ts";
import { STDIN } from "./outer-terminal.ts";
import { hasTyped, signalWhenTyped } from "./tty-calls.ts";

/** What the kernel sends when something is typed; ignored by default. */
const SIGNAL = "SIGURG";
/** A key that lies there so long was not read by a worker that works, */
const UNREAD_MS = 1000;
/** if one also lies there at each of the next looks: one alone may have met a key that was typed just then. */
const MORE_LOOKS = 5;
const BETWEEN_LOOKS_MS = 20;

export class UnreadKeys implements Disposable {
  readonly #onUnread: () => void;
  readonly #after: typeof timeout;
  readonly #typed = () => this.#lookLater();
  #fd: number | undefined;
  #timer: Disposable | undefined;

  /** `onUnread` is called at most once. Only tests name another terminal than that of standard input, or have another clock. */
  constructor(onUnread: () => void, terminal = `/proc/self/fd/${STDIN}`, after = timeout) {
    this.#onUnread = onUnread;
    this.#after = after;
    try {
      this.#fd = openSync(terminal, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      return;
    }
    process.on(SIGNAL, this.#typed);
    signalWhenTyped(this.#fd, true);
    if (hasTyped(this.#fd)) this.#lookLater();
  }

  dispose(): void {
    this.#timer?.dispose();
    process.off(SIGNAL, this.#typed);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Being told of every key would cost what is saved: after one we are deaf until it is known that it was read. */
  #lookLater(): void {
    if (this.#fd === undefined || this.#timer !== undefined) return;
    signalWhenTyped(this.#fd, false);
    this.#timer = this.#after(UNREAD_MS, () => this.#look(this.#fd, MORE_LOOKS));
  }

  #look(fd: number | undefined, more: number): void {
    this.#timer = undefined;
    if (fd === undefined) return;
    if (!hasTyped(fd)) {
      signalWhenTyped(fd, true);
      if (hasTyped(fd)) this.#lookLater();
    } else if (more > 0) this.#timer = this.#after(BETWEEN_LOOKS_MS, () => this.#look(this.#fd, more - 1));
    else {
      this.dispose();
      this.#onUnread();
    }
  }
}
