// Where output goes on to that takes it a little at a time, as a terminal does: 12 KiB and then what was read there. The
// reader of a PTY gives those that wait their turns between its own reads, so that neither side stands still.

import { libc } from "./libc.ts";
import { POLL } from "./platform.ts";

export interface Outlet {
  /** What poll(2) says has room. */
  readonly fd: number;
  /** Passes on what there is room for; never waits. */
  drain(): void;
}

/** Waits at most `ms` milliseconds until `fd` can be read or one of the outlets has room. */
export function waitForAny(fd: number, outlets: ReadonlySet<Outlet>, ms: number): void {
  const words = new Int32Array(2 * (outlets.size + 1));
  let at = 0;
  words[at++] = fd;
  words[at++] = POLL.in;
  for (const outlet of outlets) {
    words[at++] = outlet.fd;
    words[at++] = POLL.out;
  }
  libc().poll(new Uint8Array(words.buffer), outlets.size + 1, ms);
}
