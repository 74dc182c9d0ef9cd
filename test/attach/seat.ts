// Where a human sits in these tests: a shell on a real PTY that says the terminal's settings, runs the attach
// program, and says its exit code and the settings again. What the terminal got is kept and can be waited for.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PtyProcess, spawnPty } from "../../src/pty/pty.ts";
import { FakeWorker, SESSION } from "./fake-worker.ts";

const SCRIPT = `printf '<%s>' "$(stty -g)"; "$@"; printf 'code=%s.' "$?"; printf '<%s>' "$(stty -g)"`;
const PROGRAM = join(import.meta.dir, "attach-program.ts");

export class Seat implements Disposable {
  readonly worker: FakeWorker;
  readonly pty: PtyProcess;
  readonly #directory = mkdtempSync(join(tmpdir(), "bide-seat-"));
  readonly #waiters = new Set<() => void>();
  readonly #closed = Promise.withResolvers<void>();
  #output = "";

  /** `options` are those of attachTerminal, as the attach program takes them. */
  constructor(options: object = {}, prepare: (worker: FakeWorker) => void = () => {}) {
    this.worker = new FakeWorker(join(this.#directory, "worker.sock"));
    prepare(this.worker);
    const json = JSON.stringify({ session: SESSION, pidFile: join(this.#directory, "pid"), ...options });
    const spawned = spawnPty(
      {
        argv: ["sh", "-c", SCRIPT, "sh", process.execPath, PROGRAM, this.worker.path, json],
        env: { PATH: process.env.PATH ?? "", HOME: this.#directory, TERM: "xterm-256color" },
        cwd: this.#directory,
        rows: 24,
        cols: 80,
        umask: 0o077,
      },
      {
        data: (bytes) => this.#data(bytes),
        exited: () => {},
        closed: () => this.#closed.resolve(),
      },
    );
    if (!spawned.ok) throw new Error(spawned.message);
    this.pty = spawned.value;
  }

  /** All that the terminal got. */
  get output(): string {
    return this.#output;
  }

  /** What came between the first settings and the exit code: what attach wrote. */
  get written(): string {
    const end = this.#output.indexOf("code=");
    return this.#output.slice(this.#output.indexOf(">") + 1, end < 0 ? undefined : end);
  }

  get clientPid(): number {
    return Number(readFileSync(join(this.#directory, "pid"), "utf8"));
  }

  /** The most memory the client ever had, in KiB. */
  get clientPeak(): number {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${this.clientPid}/status`, "utf8"))?.[1]);
  }

  type(text: string): void {
    this.pty.write(Buffer.from(text, "latin1"));
  }

  /** Resolves once the terminal has got this text. */
  async shows(text: string): Promise<void> {
    while (!this.#output.includes(text)) await this.#more();
  }

  /** Resolves to the exit code once the attach is over; fails if the settings are not as they were. */
  async over(): Promise<number> {
    while (!/code=\d+\.<.*>/s.test(this.#output)) await this.#more();
    await this.#closed.promise;
    const before = /<([^>]*)>/.exec(this.#output)?.[1];
    const after = /code=(\d+)\.<([^>]*)>/.exec(this.#output);
    if (before === undefined || before !== after?.[2]) throw new Error(`settings were ${before}, are ${after?.[2]}`);
    return Number(after[1]);
  }

  [Symbol.dispose](): void {
    this.pty.dispose();
    this.worker.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #data(bytes: Uint8Array): void {
    this.#output += Buffer.from(bytes).toString("latin1");
    for (const waiter of [...this.#waiters]) waiter();
  }

  #more(): Promise<void> {
    return new Promise<void>((resolve) => {
      const waiter = () => {
        this.#waiters.delete(waiter);
        resolve();
      };
      this.#waiters.add(waiter);
    });
  }
}
