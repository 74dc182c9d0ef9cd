// One session as the host knows it: its last known state, its files, and the link to its worker while that
// lives. The worker is the writer of meta.json as long as it is there; afterwards the host is.

import { utcNow } from "../base/clock.ts";
import { ok, type Result } from "../base/result.ts";
import { WorkerSilent } from "../base/worker-silent.ts";
import type { Meta, WorkerRecord } from "../protocol/launch.ts";
import type { Session } from "../protocol/session.ts";
import { isLive } from "../protocol/session-state.ts";
import { isAlive } from "../pty/identity.ts";
import { signalProcess } from "../pty/signals.ts";
import { encodeJson, writeJson } from "../store/atomic-json.ts";
import { openJournal } from "../store/journal.ts";
import { releaseSpace, replaceWithReserve } from "../store/reserved-space.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { lastScreenOffset, readMeta, readWorkerRecord } from "./entry-files.ts";
import { sweepSession } from "./leftover-files.ts";
import { processEnd } from "./process-end.ts";
import { WorkerFollower } from "./worker-follower.ts";
import { NoAnswer, type WorkerLink } from "./worker-link.ts";

/** A worker that does not answer a look within this time is listed as unresponsive. */
const LOOK_MS = 250;
/** A worker that has not written its last screen after two seconds will not. */
const SNAPSHOT_LOOKS = 200;
/** A worker that has closed its connections still writes its last files: given up on after 15 s. */
const FILES_WRITTEN_LOOKS = 3000;
/** Numbers of a session that printed this recently may be older than the worker's. */
const RECENT_MS = 2500;

export interface EntryHandlers {
  /** The session changed; `before` is what was known until now. */
  onChange(entry: SessionEntry, before: Session): void;
}

export class SessionEntry {
  paths: SessionPaths;
  #session: Session;
  #meta: Omit<Meta, "session">;
  readonly #handlers: EntryHandlers;
  readonly #follower: WorkerFollower;
  #gone = Promise.withResolvers<void>();
  #changedMs = 0;
  /** The worker's end, when this host started it and sees it. */
  workerExit: Promise<string | null> | undefined;
  /** True while its processes are ended from here: that they are gone then is no loss. */
  beingKilled = false;

  constructor(paths: SessionPaths, meta: Meta, handlers: EntryHandlers) {
    const { session, ...rest } = meta;
    this.paths = paths;
    this.#session = session;
    this.#meta = rest;
    this.#handlers = handlers;
    this.#follower = new WorkerFollower(session.session_id, () => this.paths.socket, {
      onLink: () => {
        this.#gone = Promise.withResolvers<void>();
      },
      onStatus: (now) => this.update(now),
      onClose: () => void this.#workerClosed(),
    });
    if (!isLive(session)) this.#gone.resolve();
  }

  get session(): Session {
    return this.#session;
  }

  get live(): boolean {
    return isLive(this.#session);
  }

  get tokenHash(): string {
    return this.#meta.token_hash;
  }

  get umask(): number {
    return this.#meta.umask;
  }

  get shellIntegration(): boolean {
    return this.#meta.shell_integration;
  }

  /** The redacted environment, as the worker last wrote it. */
  storedEnv(): Record<string, string> {
    const stored = readMeta(this.paths.meta);
    return stored.ok ? stored.value.env : this.#meta.env;
  }

  /** Resolves when an ended session's last screen is in its files: a worker writes it right after the end. */
  async snapshotWritten(): Promise<void> {
    const record = this.workerRecord();
    if (record === undefined) return;
    for (let look = 0; look < SNAPSHOT_LOOKS && isAlive(record.worker); look += 1) {
      if (this.session.output_bytes === 0 || lastScreenOffset(this.paths.snapshot) >= this.session.output_bytes) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The link to a worker that answers; undefined when there is none. */
  link(): Promise<WorkerLink | undefined> {
    return this.#follower.link();
  }

  /** The same for an ended session, whose worker a new host has not followed; it may still be there. */
  async lastLink(): Promise<WorkerLink | undefined> {
    if ((await this.link()) === undefined && !this.live && !this.#session.archived) {
      const record = this.workerRecord();
      if (record !== undefined && isAlive(record.worker)) await this.follow();
    }
    return this.link();
  }

  /** Resolves when no worker writes this session's files any more. */
  get workerGone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Follows its worker from now on; false when none answers. One that stands still is followed as soon as it goes on. */
  async follow(): Promise<boolean> {
    const following = await this.#follower.follow();
    if (this.standsStill) this.#session = { ...this.#session, responsive: false };
    return following;
  }

  /** Its worker is there and says nothing. */
  get standsStill(): boolean {
    return this.#follower.standsStill;
  }

  /**
   * For who would act in the place of a worker to which there is no link: while it lives, it alone writes these files.
   *
   * @throws WorkerSilent
   */
  expectNoWorker(): void {
    const record = this.workerRecord();
    if (this.live && record !== undefined && isAlive(record.worker)) throw new WorkerSilent(this.#session);
  }

  /** What to tell whose request failed so. */
  whyNoAnswer(error: unknown): unknown {
    return error instanceof NoAnswer ? new WorkerSilent(this.#session) : error;
  }

  update(session: Session): void {
    const before = this.#session;
    this.#session = { ...session, archived: before.archived, responsive: true };
    this.#changedMs = performance.now();
    this.#handlers.onChange(this, before);
  }

  /** The session with numbers that are true now: a worker that printed lately is asked. */
  async fresh(always = false): Promise<Session> {
    if (!this.live || (!always && performance.now() - this.#changedMs > RECENT_MS)) return this.#session;
    const link = await this.link();
    if (link === undefined) return this.#session;
    try {
      this.update((await link.request("session.status", {}, LOOK_MS)).session);
    } catch {
      if (this.live) this.#session = { ...this.#session, responsive: false };
    }
    return this.#session;
  }

  /** Finds out whether a session that counts as live still is: whoever saw it end may have been told before us. */
  async confirm(): Promise<void> {
    if ((await this.link()) === undefined) await this.ending();
    else await this.fresh(true);
  }

  /** Its files have been moved to the archive, or back. */
  moved(paths: SessionPaths, archived: boolean): void {
    this.paths = paths;
    this.#session = { ...this.#session, archived };
  }

  /** No worker writes its files any more. Its last word, that it goes, may have been lost with the connection. */
  noWorker(): void {
    if (!this.live && this.#session.worker_pid !== null) this.update({ ...this.#session, worker_pid: null });
    sweepSession(this.paths.root);
    this.#gone.resolve();
  }

  /** Changes the record of a session that has no worker; fails when it cannot be stored. */
  change(fields: Partial<Session>, event?: { event: string } & Record<string, unknown>): Result<undefined> {
    const before = this.#session;
    // Nobody is there who could be slow to answer.
    const session = { ...before, responsive: true, ...fields };
    const meta = { ...this.#meta, session };
    // How it ended is stored on a full disk too: the dead worker left space for that.
    const isEnd = this.live && session.ended_at !== null;
    const stored = isEnd ? replaceWithReserve(this.paths.meta, encodeJson(meta)) : writeJson(this.paths.meta, meta);
    if (!stored.ok) return stored;
    if (isEnd) releaseSpace(this.paths.meta);
    this.#session = session;
    if (event !== undefined) this.note(event);
    this.#handlers.onChange(this, before);
    return ok();
  }

  /** Writes an event into the journal of a session that has no worker. */
  note(event: { event: string } & Record<string, unknown>): void {
    const journal = openJournal(this.paths.events);
    if (!journal.ok) return;
    journal.value.append({ time: utcNow(), session_id: this.#session.session_id, ...event }, { durable: true });
    journal.value.dispose();
  }

  /** Who ran the session last, as written down. */
  workerRecord(): WorkerRecord | undefined {
    return readWorkerRecord(this.paths.worker);
  }

  killWorker(): void {
    const record = this.workerRecord();
    if (record !== undefined) signalProcess(record.worker, "SIGKILL");
  }

  /** A worker that does not answer has mostly just ended: then its session has too, and whoever asks is told how. */
  async ending(): Promise<void> {
    const record = this.workerRecord();
    if (record === undefined) return;
    await processEnd(record.worker);
    if (this.live && !isAlive(record.worker)) await this.settle();
  }

  /** Finds out what became of a session whose worker does not answer, and records it. */
  async settle(): Promise<void> {
    const stored = readMeta(this.paths.meta);
    if (stored.ok && !isLive(stored.value.session)) {
      this.update({ ...stored.value.session, worker_pid: null });
      return;
    }
    const record = this.workerRecord();
    if (record !== undefined && isAlive(record.worker)) {
      // It runs and does not listen: its socket may have been cleaned away, so it is asked to make it again.
      return;
    }
    const signal = (await this.workerExit) ?? null;
    // The program loses its terminal with the worker: the hang-up that ends most of them is only on its way.
    if (record?.child != null) await processEnd(record.child);
    const childLives = record?.child != null && isAlive(record.child);
    const state = childLives ? "orphaned" : "lost";
    const fields: Partial<Session> = { state, worker_pid: null, attached_clients: 0, input_owner: null };
    if (!childLives) {
      Object.assign(fields, { ended_at: utcNow(), child_pid: null });
    }
    this.change(fields, { event: "lost", state, worker_signal: signal, worker_pid: record?.worker.pid ?? null });
  }

  /** Nobody tells when the program of an orphaned session ends: looked at whenever somebody asks for it. */
  recheckOrphan(): void {
    if (this.#session.state !== "orphaned" || this.beingKilled) return;
    const child = this.workerRecord()?.child;
    if (child != null && isAlive(child)) return;
    const fields = { state: "lost", child_pid: null, ended_at: utcNow() } as const;
    this.change(fields, { event: "lost", state: "lost" });
  }

  async #workerClosed(): Promise<void> {
    const record = this.workerRecord();
    // Whoever ends it from here writes down how.
    if (this.beingKilled) return;
    if (isLive(this.#session)) {
      if (record !== undefined) await processEnd(record.worker);
      // It may only have closed this connection: then it is followed again.
      if (record !== undefined && isAlive(record.worker) && (await this.follow())) return;
      await this.settle();
    } else if (this.workerExit !== undefined) await this.workerExit;
    else if (record !== undefined) await processEnd(record.worker, FILES_WRITTEN_LOOKS);
    this.noWorker();
  }
}
