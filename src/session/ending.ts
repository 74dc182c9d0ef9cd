// How a session ends, from the last byte of its program to the last connection: the end is recorded, then told, then the
// last screen is written; a process that the program left on the terminal is listened to for a while; the worker goes when
// nobody needs it any more. Made by session.ts, which hands it the exit.

import { utcNow } from "../base/clock.ts";
import { type Disposable, Disposables, timeout } from "../base/disposable.ts";
import { ERRORS } from "../base/errors.ts";
import type { Failure } from "../base/result.ts";
import type { ExitStatus } from "../pty/reaper.ts";
import { catchUp } from "./attaching.ts";
import { LastRecord } from "./last-record.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Program } from "./program.ts";
import type { Session, SessionOptions } from "./session.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";

/** A process that the program left on the terminal is listened to for this long after the program's end. */
const LATE_OUTPUT_MS = 10 * 60_000;
/** A client that does not read cannot keep an ended session's worker for longer. */
const LAST_BYTES_MS = 10_000;

export class Ending implements Disposable {
  readonly #session: Session;
  readonly #lateOutputMs: number;
  readonly #lateNewsMs: number;
  readonly #snapshots: SnapshotWriter;
  readonly #finished = Promise.withResolvers<void>();
  readonly #parts = new Disposables();
  #lastRecord: LastRecord | undefined;
  #program: Program | undefined;
  #begun = false;
  /** The clients know how it ended; before that nothing may close their connections. */
  #told = false;
  #finishing = false;

  /** `lateOutputMs`: another time than usual for late output; tests have no ten minutes. */
  constructor(session: Session, { lateOutputMs = LATE_OUTPUT_MS, lateNewsMs = 0 }: SessionOptions) {
    this.#session = session;
    this.#lateOutputMs = lateOutputMs;
    this.#lateNewsMs = lateNewsMs;
    this.#snapshots = new SnapshotWriter(session);
  }

  /** The program has ended, or could not be started. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Resolves when the worker has nothing more to do. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** The program could not be started: the record says why and stays. */
  failedStart(failure: Failure): Failure {
    const { record, journal } = this.#session;
    const { code, message } = failure;
    this.#begun = true;
    record.change({
      state: "failed_start",
      failure: { code, message },
      exit_code: ERRORS[code].exit,
      worker_pid: null,
      ended_at: utcNow(),
    });
    journal.append({ event: "failed_start", code, message }, { durable: true });
    record.store();
    return failure;
  }

  /** Everything that the program printed has been handed over by now. */
  async exited(program: Program, status: ExitStatus): Promise<void> {
    const { record, journal, recorder, hub, screen, shell, waits } = this.#session;
    this.#program = program;
    this.#session.printed.ended();
    recorder.flush();
    this.#session.inputRecord.flush();
    const { code, signal } = status;
    const state = endState(program.lifecycle, signal);
    this.#begun = true;
    shell.ended(status);
    const exit = { state, exit_code: code, exit_signal: signal };
    const time = utcNow();
    record.change({ ...exit, ended_at: time });
    const event = { event: "exited", time, ...exit, offset: recorder.offset };
    this.#session.agent.ended(`${state} ${signal ?? code}`);
    const writes = [() => journal.append(event, { durable: true, retried: true }), () => record.store()];
    this.#lastRecord = this.#parts.add(new LastRecord(writes));
    if (this.#lateNewsMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#lateNewsMs));
    if (hub.clients.some((client) => client.behind)) await screen.load();
    hub.end(exit, (client) => catchUp(this.#session, client));
    this.#told = true;
    program.lifecycle.ended();
    recorder.wake();
    this.#session.status.now();
    waits.ended();
    await this.#snapshots.write();
    if (program.pty.closed) this.terminalClosed();
    else this.#parts.add(timeout(this.#lateOutputMs, () => this.finish()));
  }

  /** Nobody holds the program's terminal any more. */
  terminalClosed(): void {
    if (!this.#told || this.#finishing) return;
    this.#finishing = true;
    setImmediate(() => this.#last());
  }

  /** Ends a worker that only still listens to what the program left behind. */
  finish(): void {
    this.#lastRecord?.hurry();
    this.#program?.pty.close();
    this.terminalClosed();
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** The last of everything. */
  async #last(): Promise<void> {
    const { record, recorder, status, server } = this.#session;
    await this.#lastRecord?.done;
    await this.#snapshots.write();
    recorder.flush();
    record.change({ worker_pid: null });
    if (record.store().ok) record.release();
    status.now();
    server.finish(LAST_BYTES_MS, () => {
      this.#session.dispose();
      this.#finished.resolve();
    });
  }
}

function endState(lifecycle: Lifecycle, signal: string | null): "exited" | "crashed" | "killed" {
  if (lifecycle.killRequested) return "killed";
  return signal === null || lifecycle.signalled ? "exited" : "crashed";
}
