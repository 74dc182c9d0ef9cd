// Keeps what is typed (pasted, piped) from piling up in this process when the program does not read: the next
// read of standard input waits until the worker's socket has taken most of the last ones. Used by
// attach-terminal.ts and attach-stream.ts.

import type { Attachment } from "../client/index.ts";

/** The worker itself queues 1 MiB for its program; a quarter of that on the way keeps a paste at full speed. */
const MAX_ON_THE_WAY = 256 * 1024;
/** The socket tells nobody when it has room; a program that does not read is no hurry. */
const LOOK_MS = 5;

/** Undefined when the next read need not wait; `until` ends the waiting in any case. */
export function whenTaken(attachment: Attachment, until: Promise<unknown>): Promise<void> | undefined {
  if (attachment.pendingBytes <= MAX_ON_THE_WAY) return undefined;
  let over = false;
  const stop = () => {
    over = true;
  };
  until.then(stop, stop);
  attachment.ended.then(stop, stop);
  return (async () => {
    while (!over && attachment.pendingBytes > MAX_ON_THE_WAY) await Bun.sleep(LOOK_MS);
  })();
}
