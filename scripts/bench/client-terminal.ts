// A person's terminal, as the bench plays it: a program (a client of some tool, or the bare program itself) on a
// PTY of its own, read and written synchronously. The wait is one poll(2) in this thread, so nothing of an event
// loop is in the times; the same code reads the bare PTY and every client, so it is in both sides of a comparison.

import { libc } from "../../src/pty/libc.ts";
import type { Master } from "../../src/pty/master.ts";
import { POLL, WAIT_NO_HANG } from "../../src/pty/platform.ts";
import { spawnOnPty } from "../../src/pty/spawn.ts";
import { SIZE } from "./size.ts";

const BUFFER_BYTES = 64 * 1024;
/** Longer than any mark: what is kept of the read before, so that a mark over two reads is found. */
const TAIL_BYTES = 32;
const END_PATIENCE_MS = 2000;

export class ClientTerminal {
  readonly pid: number;
  /** When the program was started, on the clock of performance.now(). */
  readonly startedAt: number;
  /** Bytes read so far. */
  received = 0;
  readonly #master: Master;
  readonly #wait = Buffer.alloc(8);
  readonly #buffer = Buffer.alloc(TAIL_BYTES + BUFFER_BYTES);

  constructor(argv: readonly string[], env: Readonly<Record<string, string>>) {
    this.startedAt = performance.now();
    const spawned = spawnOnPty({ argv, env, cwd: "/tmp", umask: 0o022, ...SIZE });
    if (!spawned.ok) throw new Error(spawned.message);
    this.pid = spawned.value.pid;
    this.#master = spawned.value.master;
    this.#wait.writeInt32LE(this.#master.fd, 0);
    this.#wait.writeInt16LE(POLL.in, 4);
  }

  /** Types all of `text`. */
  type(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) {
      const written = this.#master.write(bytes, at);
      if (written === "gone") throw new Error("the program on the terminal is gone");
      if (written === "full") Bun.sleepSync(1);
      else at += written;
    }
  }

  /** Reads until `mark` was printed; false after `patienceMs` without it, or when the program is gone. */
  readUntil(mark: string, patienceMs: number): boolean {
    const wanted = Buffer.from(mark);
    const until = performance.now() + patienceMs;
    this.#buffer.fill(0, 0, TAIL_BYTES);
    for (;;) {
      const count = this.#readOnce(until - performance.now());
      if (count === null) return false;
      const end = TAIL_BYTES + count;
      if (this.#buffer.subarray(0, end).includes(wanted)) return true;
      this.#buffer.copyWithin(0, end - TAIL_BYTES, end);
      if (performance.now() > until) return false;
    }
  }

  /** Reads and forgets until nothing came for `quietMs`, or `patienceMs` are over. */
  settle(quietMs: number, patienceMs = 10 * quietMs): void {
    const until = performance.now() + patienceMs;
    while ((this.#readOnce(quietMs) ?? 0) > 0 && performance.now() < until);
  }

  /** Reads and forgets what is there and what comes within `forMs`. */
  drain(forMs: number): void {
    const until = performance.now() + forMs;
    for (let left = forMs; left > 0; left = until - performance.now()) if (this.#readOnce(left) === null) return;
  }

  /** Closes the window and waits for the program's end. */
  close(): void {
    this.#master.dispose();
    const status = new Uint8Array(4);
    const until = performance.now() + END_PATIENCE_MS;
    while (libc().waitpid(this.pid, status, WAIT_NO_HANG) === 0) {
      if (performance.now() > until) process.kill(this.pid, "SIGKILL");
      Bun.sleepSync(1);
    }
  }

  /** How many bytes came (after the tail in the buffer): 0 when none came in time, null when none can. */
  #readOnce(patienceMs: number): number | null {
    libc().poll(this.#wait, 1, Math.max(0, Math.ceil(patienceMs)));
    const count = this.#master.read(this.#buffer, TAIL_BYTES);
    if (count === "gone") return null;
    if (count === "empty") return 0;
    this.received += count;
    return count;
  }
}
