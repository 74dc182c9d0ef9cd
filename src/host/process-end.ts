// Waiting for the end of a process that is no child of the host: there is no event for it, only a look. Used where a
// closed connection has told already that it is about to end.

import { isAlive, type ProcessIdentity } from "../pty/identity.ts";

/** A closed connection is seen a moment before the process is gone: that is waited for, for 200 ms if not told more. */
export async function processEnd(identity: ProcessIdentity, looks = 40): Promise<void> {
  for (let look = 0; look < looks && isAlive(identity); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
