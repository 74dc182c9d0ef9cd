// Waits for the end of one child, ours and nobody else's: waitpid on its pid alone, so that the children of the
// runtime are never taken from it. Used by pty.ts.

import { constants } from "node:os";
import type { Disposable } from "../base/disposable.ts";
import { libc } from "./libc.ts";
import { WAIT_NO_HANG } from "./platform.ts";

/** One of the two is set: the code of exit(2), or the signal that ended the program. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Reaper implements Disposable {
  readonly #pid: number;
  readonly #ended: (status: ExitStatus) => void;
  readonly #look: () => void;
  #done = false;

  /** `ended` is called once, never from inside the constructor. */
  constructor(pid: number, ended: (status: ExitStatus) => void) {
    this.#pid = pid;
    this.#ended = ended;
    this.#look = () => this.check();
    process.on("SIGCHLD", this.#look);
    // It may have ended before the handler was there.
    setImmediate(this.#look);
  }

  /** Looks now; harmless at any time. */
  check(): void {
    if (this.#done) return;
    const status = new Uint8Array(4);
    const pid = libc().waitpid(this.#pid, status, WAIT_NO_HANG);
    if (pid === 0) return;
    this.dispose();
    // -1 (somebody else reaped it) is a bug elsewhere; the program is gone all the same.
    this.#ended(pid === this.#pid ? decode(status) : { code: null, signal: null });
  }

  dispose(): void {
    this.#done = true;
    process.off("SIGCHLD", this.#look);
  }
}

// Of several names for one number the first is the usual one: 6 is SIGABRT, and SIGIOT only after that.
const SIGNAL_NAMES = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** Real-time signals have no name there: `SIG34`. The wait status as every Unix of today packs it: signal in the low 7 bits, exit code in the next byte. */
function decode(status: Uint8Array): ExitStatus {
  const signal = (status[0] ?? 0) & 0x7f;
  if (signal === 0) return { code: status[1] ?? 0, signal: null };
  return { code: null, signal: (SIGNAL_NAMES.get(signal) ?? `SIG${signal}`) as NodeJS.Signals };
}
