// What poll(2) says of one descriptor at this moment. Made by master.ts and client-tty.ts, one for each descriptor that they
// own, because the structure is used thousands of times a second.

import { libc } from "./libc.ts";

export class PollNow {
  readonly #shorts = new Int16Array(4);
  readonly #pollFd = new Uint8Array(this.#shorts.buffer);

  constructor(fd: number) {
    new Int32Array(this.#shorts.buffer)[0] = fd;
  }

  /** Of `events` (POLL, added up) those that hold, with hang-up and error whether asked for or not; never waits. */
  events(events: number): number {
    this.#shorts[2] = events;
    this.#shorts[3] = 0;
    return libc().poll(this.#pollFd, 1, 0) > 0 ? (this.#shorts[3] as number) : 0;
  }
}
