// `BIDE_TMUX_LOG=FILE`: one JSON line for each call of the shim with its answer and what was not supported. Written by
// the client, so that a call that never reached a server is in it too. Off unless the variable is set.

import { appendFileSync } from "node:fs";
import { utcNow } from "../../base/clock.ts";

/** Of each stream; a capture of a long history is not wanted twice. */
const MOST_CHARACTERS = 4096;

export class ShimLog {
  readonly #file: string | undefined;
  readonly #argv: readonly string[];
  readonly #started = performance.now();
  #stdout = "";
  #stderr = "";
  #unsupported: readonly string[] = [];

  constructor(file: string | undefined, argv: readonly string[]) {
    this.#file = file || undefined;
    this.#argv = argv;
  }

  get on(): boolean {
    return this.#file !== undefined;
  }

  said(fd: 1 | 2, text: string): void {
    if (this.#file === undefined) return;
    if (fd === 1) this.#stdout = (this.#stdout + text).slice(0, MOST_CHARACTERS);
    else this.#stderr = (this.#stderr + text).slice(0, MOST_CHARACTERS);
  }

  saidBytes(fd: 1 | 2, bytes: Uint8Array): void {
    if (this.#file !== undefined) this.said(fd, new TextDecoder().decode(bytes));
  }

  unsupported(what: readonly string[]): void {
    this.#unsupported = what;
  }

  /** Writes the line; returns the exit code. A log that cannot be written must not break the call. */
  done(_printed: undefined, code: number): number {
    if (this.#file === undefined) return code;
    const line = {
      time: utcNow(),
      pid: process.pid,
      argv: this.#argv,
      code,
      stdout: this.#stdout,
      stderr: this.#stderr,
      unsupported: this.#unsupported,
      ms: Math.round((performance.now() - this.#started) * 10) / 10,
    };
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // The caller's answer is worth more than our note of it.
    }
    return code;
  }
}
