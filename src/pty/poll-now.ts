// What poll(2) says of one descriptor at this moment. Made by master.ts and client-tty.ts, one for each descriptor that they
// own, because the structure is used thousands of times a second.

import { libc } from "./libc.ts";

export class PollNow {
  readonly #pollFd = Buffer.alloc(8);

  constructor(fd: number) {
    this.#pollFd.writeInt32LE(fd, 0);
  }

  /** Of `events` (POLL, added up) those that hold, with hang-up and error whether asked for or not; never waits. */
  events(events: number): number {
    this.#pollFd.writeInt16LE(events, 4);
    this.#pollFd.writeInt16LE(0, 6);
    return libc().poll(this.#pollFd, 1, 0) > 0 ? this.#pollFd.readInt16LE(6) : 0;
  }
}
