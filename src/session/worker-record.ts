// worker.json: who runs the session right now, so that a host that finds it can tell whether they still live. Written at
// the start and whenever clients come, go or own; not fsynced, because a reader checks the processes that it names.

import type { Disposable } from "../base/disposable.ts";
import { VERSION } from "../base/version.ts";
import type { Launch, WorkerRecord as Stored } from "../protocol/launch.ts";
import { bootId, identify } from "../pty/identity.ts";
import { writeJson } from "../store/atomic-json.ts";

type Attendance = Pick<Stored, "child" | "clients" | "input_owner">;

export class WorkerRecord implements Disposable {
  readonly #path: string;
  readonly #launch: Launch;
  readonly #attendance: () => Attendance;
  #due = false;
  #disposed = false;

  /** `attendance`: asked whenever it is written. */
  constructor(path: string, launch: Launch, attendance: () => Attendance) {
    this.#path = path;
    this.#launch = launch;
    this.#attendance = attendance;
  }

  store(): void {
    const record: Stored = {
      schema_version: 1,
      session_id: this.#launch.session_id,
      socket: this.#launch.socket,
      version: VERSION,
      worker: identify(process.pid) ?? { pid: process.pid, start_time: "", boot_id: bootId() },
      ...this.#attendance(),
    };
    writeJson(this.#path, record, { durable: false });
  }

  /** Who is attached changes in bursts: one write for all of a turn. */
  storeSoon(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      if (!this.#disposed) this.store();
    });
  }

  dispose(): void {
    this.#disposed = true;
  }
}
