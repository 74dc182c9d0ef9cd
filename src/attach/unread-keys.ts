// Notices that nobody reads the keyboard, while the worker should (docs/protocol.md, "At the client's terminal"): a
// worker that hangs must not keep anybody from leaving. Made by keyboard.ts. Linux only, as that way is.

import { closeSync, constants, openSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { STDIN } from "./outer-terminal.ts";
import { hasTyped, signalWhenTyped } from "./tty-calls.ts";

/** What the kernel sends when something is typed; ignored by default. */
const SIGNAL = "SIGURG";
/** A key that lies there so long was not read by a worker that works. */
const UNREAD_MS = 1000;

export class UnreadKeys implements Disposable {
  readonly #onUnread: () => void;
  readonly #typed = () => this.#lookLater();
  #fd: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onUnread` is called at most once. */
  constructor(onUnread: () => void) {
    this.#onUnread = onUnread;
    try {
      this.#fd = openSync(`/proc/self/fd/${STDIN}`, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      return;
    }
    process.on(SIGNAL, this.#typed);
    signalWhenTyped(this.#fd, true);
    if (hasTyped(this.#fd)) this.#lookLater();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    process.off(SIGNAL, this.#typed);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Being told of every key would cost what is saved: after one we are deaf until it is known that it was read. */
  #lookLater(): void {
    const fd = this.#fd;
    if (fd === undefined || this.#timer !== undefined) return;
    signalWhenTyped(fd, false);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (hasTyped(fd)) {
        this.dispose();
        this.#onUnread();
        return;
      }
      signalWhenTyped(fd, true);
      if (hasTyped(fd)) this.#lookLater();
    }, UNREAD_MS);
  }
}
