// What a client could not do any more because it was killed: its terminal gets back its settings and modes. The client has
// said beforehand how (`will` in docs/protocol.md). direct-terminal.ts decides that it is time.

import { timeout } from "../base/disposable.ts";
import type { Will } from "../protocol/attach-messages.ts";
import type { ClientTty } from "../pty/client-tty.ts";

/** Ends whatever sequence or string the client was in the middle of; nothing, where it was in none. */
const STRING_END = "\x1b\\";
/** A terminal that is full of what came before is tried again so often, and so many times. */
const AGAIN_MS = 5;
const TRIES = 40;

/** Lets the terminal go when it is done, 200 ms later at the latest. */
export function executeWill(tty: ClientTty, { undo, settings }: Will): void {
  tty.giveBackSettings({ now: Buffer.from(settings.now, "hex"), before: Buffer.from(settings.before, "hex") });
  write(tty, Buffer.from(STRING_END + undo), TRIES);
}

function write(tty: ClientTty, bytes: Uint8Array, tries: number): void {
  const count = tty.write(bytes);
  if (count < 0 || count === bytes.length || tries === 0) return tty.dispose();
  timeout(AGAIN_MS, () => write(tty, bytes.subarray(count), tries - 1));
}
