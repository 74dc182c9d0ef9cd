// ONE session: a program on a PTY, its record, log, screen and clients. This file only wires the parts; what
// happens is theirs. worker.ts makes it, requests.ts answers questions about it.

import { utcNow } from "../base/clock.ts";
import { type Disposable, Disposables, timeout } from "../base/disposable.ts";
import { ERRORS } from "../base/errors.ts";
import { type Failure, fail, ok, type Result } from "../base/result.ts";
import type { Launch } from "../protocol/launch.ts";
import type { Session as SessionInfo } from "../protocol/session.ts";
import { bootId, identify } from "../pty/identity.ts";
import { type PtyProcess, spawnPty } from "../pty/pty.ts";
import type { ExitStatus } from "../pty/reaper.ts";
import type { OutputLog } from "../store/output-log.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { type AgentChange, AgentWatch } from "./agent/agent-watch.ts";
import { AttachHub } from "./attach-hub.ts";
import { type AttachedClient, clampSize } from "./attached-client.ts";
import { catchUp, clientReadsAgain } from "./attaching.ts";
import { commandOf } from "./environment.ts";
import type { EventLog } from "./event-log.ts";
import { handleFrame } from "./frames.ts";
import { Input } from "./input.ts";
import { InputRecord } from "./input-record.ts";
import { LastRecord } from "./last-record.ts";
import { Lifecycle } from "./lifecycle.ts";
import { PacedSize } from "./paced-size.ts";
import { PrintedText } from "./printed-text.ts";
import { ProgramControl } from "./program-control.ts";
import { Recorder } from "./recorder.ts";
import { nativeStopOf } from "./role-stop.ts";
import { ScreenHolder } from "./screen-holder.ts";
import { SessionServer } from "./server.ts";
import { SessionRecord } from "./session-record.ts";
import { SessionShell } from "./shells/session-shell.ts";
import { ShownScreens } from "./shown-screens.ts";
import { readEarlierScreen, readRecentBytes } from "./snapshot-files.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";
import { StatusFeed } from "./status-feed.ts";
import { Waits } from "./waits.ts";

/** A process that the program left on the terminal is listened to for this long after the program's end. */
const LATE_OUTPUT_MS = 10 * 60_000;
/** A client that does not read cannot keep an ended session's worker for longer. */
const LAST_BYTES_MS = 10_000;

export class Session implements Disposable {
  readonly launch: Launch;
  readonly paths: SessionPaths;
  readonly record: SessionRecord;
  readonly journal: EventLog;
  readonly screen: ScreenHolder;
  readonly shownScreens = new ShownScreens();
  readonly hub: AttachHub;
  readonly recorder: Recorder;
  readonly server: SessionServer;
  readonly status: StatusFeed;
  readonly inputRecord: InputRecord;
  /** What sets the size for attached clients; `resize` itself is for everybody else. */
  readonly pacedSize = new PacedSize((size) => this.#setSize(size));
  readonly waits = new Waits(this);
  readonly printed = new PrintedText(this);
  readonly agent: AgentWatch;
  readonly shell: SessionShell;
  readonly #log: OutputLog;
  readonly #parts = new Disposables();
  readonly #finished = Promise.withResolvers<void>();
  #pty: PtyProcess | undefined;
  #input: Input | undefined;
  #lifecycle: Lifecycle | undefined;
  #ended = false;
  readonly #snapshots: SnapshotWriter;
  /** The clients know how it ended; before that nothing may close their connections. */
  #endTold = false;
  #finishing = false;
  #lastRecord: LastRecord | undefined;
  #workerStoreDue = false;

  constructor(launch: Launch, paths: SessionPaths, log: OutputLog, journal: EventLog) {
    this.launch = launch;
    this.paths = paths;
    this.journal = journal;
    this.#log = log;
    this.record = new SessionRecord(launch, paths);
    this.status = new StatusFeed(() => this.info());
    this.inputRecord = new InputRecord(journal);
    this.agent = new AgentWatch(launch.role === "agent", (change) => this.#agentChanged(change));
    this.shell = new SessionShell({
      launch,
      paths,
      journal,
      type: (bytes) => this.#input?.answer(bytes) === true,
      inForeground: () => this.#pty !== undefined && this.#pty.foregroundGroup() === this.#pty.pid,
    });
    this.hub = new AttachHub({
      onSize: (size, reported) => (reported ? this.pacedSize.report(size) : this.pacedSize.now(size)),
      onOwnerChanged: (owner) => this.#ownerChanged(owner),
      onAttached: (client) => this.#attendance("attached", client),
      onDetached: (client) => this.#attendance("detached", client),
    });
    this.screen = new ScreenHolder({
      rows: launch.rows,
      cols: launch.cols,
      offset: log.offset,
      earlier: launch.restart ? readEarlierScreen(paths, launch.keep_screen) : undefined,
      answer: (bytes) => this.#input?.answer(bytes),
      titleChanged: () => {
        this.status.changed();
        this.agent.title(this.screen.title);
      },
      heard: (heard) => this.agent.heard(heard),
    });
    this.recorder = new Recorder(log, journal, this.screen, this.hub);
    this.server = new SessionServer(launch.socket, launch.session_id, {
      onFrame: (connection, frame) => handleFrame(this, connection, frame),
      onDrained: (connection) => clientReadsAgain(this, connection),
      onClose: (connection) => {
        this.hub.remove(connection);
        this.status.unsubscribe(connection);
        this.waits.drop(connection);
      },
    });
    this.#snapshots = new SnapshotWriter(this);
    const feeds = [this.inputRecord, this.status, this.waits, this.printed, this.agent, this.shell, this.pacedSize];
    for (const part of [journal, this.server, this.recorder, ...feeds]) this.#parts.add(part);
  }

  /** Resolves when the worker has nothing more to do. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The program and the way to type into it; a failure once it has ended. */
  get program(): Result<{ pty: PtyProcess; input: Input; lifecycle: Lifecycle }> {
    if (this.#ended || !this.#pty || !this.#input || !this.#lifecycle) {
      return fail("session_ended", `session ${this.record.fields.name} has ended (${this.record.fields.state})`);
    }
    return ok({ pty: this.#pty, input: this.#input, lifecycle: this.#lifecycle });
  }

  get lifecycle(): Lifecycle | undefined {
    return this.#lifecycle;
  }

  /** The session as anybody may see it now. */
  info(): SessionInfo {
    return this.record.session({
      attachedClients: this.hub.count,
      inputOwner: this.hub.owner?.id ?? null,
      outputBytes: this.recorder.offset,
      lastOutputAt: this.recorder.lastOutputAt,
      title: this.screen.title,
    });
  }

  /** Starts the program; when it cannot be started the record says why and stays. */
  start(): Result<undefined> {
    const listening = this.server.listen();
    if (!listening.ok) return this.#failedStart(listening);
    const { launch } = this;
    const { rows, cols, cwd, umask } = launch;
    this.journal.append({ event: launch.restart ? "restarted" : "created" });
    const spawned = spawnPty(
      { ...this.shell.command, cwd, umask, rows, cols, xpixel: 0, ypixel: 0 },
      {
        data: (bytes) => this.#output(bytes),
        exited: (status) => void this.#exited(status),
        closed: () => this.#finishSoon(),
      },
    );
    if (!spawned.ok) return this.#failedStart(spawned);
    const pty = spawned.value;
    this.#pty = pty;
    this.#parts.add(pty);
    this.#input = new Input(pty);
    this.#lifecycle = new Lifecycle({
      program: new ProgramControl(launch.session_id, pty),
      journal: this.journal,
      type: (bytes) => this.#input?.answer(bytes),
      nativeStop: nativeStopOf(launch),
    });
    this.record.change({ state: "running", argv: commandOf(launch), child_pid: pty.pid, started_at: utcNow() });
    this.journal.append({ event: "started", pid: pty.pid, rows, cols });
    this.agent.started();
    const stored = this.store();
    this.storeWorker();
    if (!stored.ok) {
      // A session that nobody could find again must not run.
      this.#lifecycle.kill();
      return stored;
    }
    return ok();
  }

  store(): Result<undefined> {
    return this.record.store({
      attachedClients: 0,
      inputOwner: null,
      outputBytes: this.recorder.offset,
      lastOutputAt: this.recorder.lastOutputAt,
      title: this.screen.title,
    });
  }

  /** Who is attached changes in bursts: one write for all of a turn. */
  storeWorkerSoon(): void {
    if (this.#workerStoreDue || this.#ended) return;
    this.#workerStoreDue = true;
    setImmediate(() => {
      this.#workerStoreDue = false;
      if (!this.#parts.disposed) this.storeWorker();
    });
  }

  storeWorker(): void {
    this.record.storeWorker({
      worker: identify(process.pid) ?? { pid: process.pid, start_time: "", boot_id: bootId() },
      child: this.#pty?.identity ?? null,
      clients: this.hub.clients.map((client) => client.id),
      input_owner: this.hub.owner?.id ?? null,
    });
  }

  resize(size: { rows: number; cols: number }): void {
    this.pacedSize.dispose();
    this.#setSize(size);
  }

  #setSize(size: { rows: number; cols: number; xpixel?: number; ypixel?: number }): void {
    const { rows, cols, xpixel, ypixel } = clampSize(size);
    if (this.#ended || this.#pty === undefined) return;
    const same = rows === this.record.fields.rows && cols === this.record.fields.cols;
    this.#pty.resize({ rows, cols, xpixel, ypixel });
    if (same) return;
    this.screen.resize(rows, cols);
    this.record.change({ rows, cols });
    this.journal.append({ event: "resized", rows, cols, offset: this.recorder.offset });
    this.hub.tell({ event: "resized", rows, cols });
    this.status.changed();
  }

  /** The last bytes that were printed, raw and bounded. */
  recentBytes(): Uint8Array {
    this.#log.flush();
    return readRecentBytes(this.paths.root, this.recorder.offset);
  }

  /** Ends a worker that only still listens to what the program left behind. */
  finish(): void {
    this.#lastRecord?.hurry();
    this.#pty?.close();
    this.#finishSoon();
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #output(bytes: Uint8Array): void {
    const at = this.recorder.offset;
    this.recorder.output(bytes);
    this.shell.output(bytes, at);
    this.status.output();
    this.waits.output(bytes.length);
    this.agent.output();
  }

  #agentChanged({ state, reason, source }: AgentChange): void {
    this.record.change({ agent_state: state, agent_reason: reason || null, agent_since: state && utcNow() });
    this.journal.append({ event: "agent_state", state, reason, source });
    this.hub.tell({ event: "status", session: this.info() });
    this.status.changed();
    // The end is told to everybody who waits once it is stored.
    if (!this.#ended) this.waits.changed();
  }

  #ownerChanged(owner: AttachedClient | null): void {
    this.journal.append({ event: "owner_changed", client_id: owner?.id ?? null });
    this.hub.tell({ event: "owner_changed", client_id: owner?.id ?? null });
    this.storeWorkerSoon();
    this.status.changed();
  }

  #attendance(event: "attached" | "detached", client: AttachedClient): void {
    const { rows, cols } = client.size;
    this.journal.append({ event, client_id: client.id, read_only: client.readOnly, rows, cols });
    this.storeWorkerSoon();
    this.status.changed();
  }

  #failedStart(failure: Failure): Failure {
    const { code, message } = failure;
    this.#ended = true;
    this.record.change({
      state: "failed_start",
      failure: { code, message },
      exit_code: ERRORS[code].exit,
      worker_pid: null,
      ended_at: utcNow(),
    });
    this.journal.append({ event: "failed_start", code, message }, { durable: true });
    this.store();
    return failure;
  }

  /** Everything that the program printed is recorded by now. */
  async #exited(status: ExitStatus): Promise<void> {
    this.printed.ended();
    this.recorder.flush();
    this.inputRecord.flush();
    const { code, signal } = status;
    const state = this.#endState(signal);
    this.#ended = true;
    this.shell.ended(status);
    const exit = { state, exit_code: code, exit_signal: signal };
    const time = utcNow();
    this.record.change({ ...exit, ended_at: time });
    const event = { event: "exited", time, ...exit, offset: this.recorder.offset };
    this.agent.ended(`${state} ${signal ?? code}`);
    const writes = [() => this.journal.append(event, { durable: true, retried: true }), () => this.store()];
    this.#lastRecord = this.#parts.add(new LastRecord(writes));
    if (this.hub.clients.some((client) => client.behind)) await this.screen.load();
    this.hub.end(exit, (client) => catchUp(this, client));
    this.#endTold = true;
    this.#lifecycle?.ended();
    this.recorder.wake();
    this.status.now();
    this.waits.ended();
    await this.#snapshots.write();
    if (this.#pty?.closed !== false) this.#finishSoon();
    else this.#parts.add(timeout(LATE_OUTPUT_MS, () => this.finish()));
  }

  #endState(signal: string | null): "exited" | "crashed" | "killed" {
    if (this.#lifecycle?.killRequested) return "killed";
    return signal === null || this.#lifecycle?.signalled ? "exited" : "crashed";
  }

  /** The last of everything: once the program has ended and nobody holds its terminal any more. */
  #finishSoon(): void {
    if (!this.#endTold || this.#finishing) return;
    this.#finishing = true;
    setImmediate(async () => {
      await this.#lastRecord?.done;
      await this.#snapshots.write();
      this.recorder.flush();
      this.record.change({ worker_pid: null });
      if (this.store().ok) this.record.release();
      this.status.now();
      this.server.finish(LAST_BYTES_MS, () => {
        this.dispose();
        this.#finished.resolve();
      });
    });
  }
}
