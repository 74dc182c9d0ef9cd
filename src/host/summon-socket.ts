// A live worker whose socket was cleaned away (faults U2) makes it again when it gets SIGUSR1. Asked for when somebody
// wants to connect to a session, so that nobody has to wait for the worker's own look every 30 s.

import { lookAt } from "../base/file-kind.ts";
import { signalProcess } from "../pty/signals.ts";
import type { SessionEntry } from "./session-entry.ts";

/** A worker under a flood answers a signal within milliseconds; after a second there is another reason. */
const LOOKS = 40;
const LOOK_MS = 25;

/** Resolves at once when there is something at the socket's path, else when there is again or it takes too long. */
export async function summonSocket(entry: SessionEntry): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = lookAt(entry.paths.socket);
    if (!found.ok || found.value !== undefined) return;
    const worker = entry.workerRecord()?.worker;
    if (worker === undefined) return;
    if (look % 10 === 0) signalProcess(worker, "SIGUSR1");
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
