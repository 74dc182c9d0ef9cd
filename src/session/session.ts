// ONE session: a program on a PTY, its record, log, screen and clients. This file only wires the parts; what
// happens is theirs. worker.ts makes it, requests.ts answers questions about it.

import { utcNow } from "../base/clock.ts";
import { type Disposable, Disposables } from "../base/disposable.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Launch } from "../protocol/launch.ts";
import type { Session as SessionInfo } from "../protocol/session.ts";
import type { OutputLog } from "../store/output-log.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { AgentWatch } from "./agent/agent-watch.ts";
import { AttachHub } from "./attach-hub.ts";
import { clientReadsAgain } from "./attaching.ts";
import { Ending } from "./ending.ts";
import { commandOf } from "./environment.ts";
import type { EventLog } from "./event-log.ts";
import { handleFrame } from "./frames.ts";
import { InputRecord } from "./input-record.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { mendRecordsWhenAsked } from "./mend-records.ts";
import { OpenQuestions } from "./open-questions.ts";
import { PacedSize } from "./paced-size.ts";
import { PrintedText } from "./printed-text.ts";
import { type Program, startProgram } from "./program.ts";
import { Recorder } from "./recorder.ts";
import { ScreenHolder } from "./screen-holder.ts";
import { SessionServer } from "./server.ts";
import { changeAgent, changeAttendance, changeOwner, changeSize } from "./session-changes.ts";
import { SessionRecord } from "./session-record.ts";
import { SessionShell } from "./shells/session-shell.ts";
import { ShownScreens } from "./shown-screens.ts";
import { readEarlierScreen, readRecentBytes } from "./snapshot-files.ts";
import { StatusFeed } from "./status-feed.ts";
import { Waits } from "./waits.ts";
import { WorkerRecord } from "./worker-record.ts";

export interface SessionOptions {
  /** How long what the program left on its terminal is listened to, in milliseconds; default: ten minutes. */
  readonly lateOutputMs?: number | undefined;
  /** How long after the end is recorded anybody is told of it, in milliseconds; only tests wait. */
  readonly lateNewsMs?: number | undefined;
}

export class Session implements Disposable {
  readonly launch: Launch;
  readonly paths: SessionPaths;
  readonly record: SessionRecord;
  readonly workerRecord: WorkerRecord;
  readonly journal: EventLog;
  readonly screen: ScreenHolder;
  readonly shownScreens = new ShownScreens();
  readonly hub: AttachHub;
  readonly questions: OpenQuestions;
  readonly recorder: Recorder;
  readonly server: SessionServer;
  readonly status: StatusFeed;
  readonly inputRecord: InputRecord;
  /** What sets the size for attached clients; `resize` itself is for everybody else. */
  readonly pacedSize = new PacedSize((size) => changeSize(this, size));
  readonly waits = new Waits(this);
  readonly printed = new PrintedText(this);
  readonly agent: AgentWatch;
  readonly shell: SessionShell;
  readonly ending: Ending;
  readonly #log: OutputLog;
  readonly #parts = new Disposables();
  #program: Program | undefined;

  constructor(launch: Launch, paths: SessionPaths, log: OutputLog, journal: EventLog, options: SessionOptions = {}) {
    this.launch = launch;
    this.paths = paths;
    this.journal = journal;
    this.#log = log;
    this.record = new SessionRecord(launch, paths, () => ({
      attachedClients: this.hub.count,
      inputOwner: this.hub.owner?.id ?? null,
      outputBytes: this.recorder.offset,
      lastOutputAt: this.recorder.lastOutputAt,
      title: this.screen.title,
    }));
    this.workerRecord = new WorkerRecord(paths.worker, launch, () => ({
      child: this.#program?.pty.identity ?? null,
      clients: this.hub.clients.map((client) => client.id),
      input_owner: this.hub.owner?.id ?? null,
    }));
    this.status = new StatusFeed(() => this.info());
    this.inputRecord = new InputRecord(journal);
    this.agent = new AgentWatch(launch.role === "agent", (change) => changeAgent(this, change));
    this.shell = new SessionShell({
      launch,
      paths,
      journal,
      type: (bytes) => this.#program?.input.answer(bytes) === true,
      foreground: () => {
        const group = this.#program?.pty.foregroundGroup() ?? null;
        return group === null ? "nobody" : group === this.#program?.pty.pid ? "shell" : "program";
      },
    });
    this.hub = new AttachHub({
      onSize: (size, reported) => (reported ? this.pacedSize.report(size) : this.pacedSize.now(size)),
      onOwnerChanged: (owner) => changeOwner(this, owner),
      onAttached: (client) => changeAttendance(this, "attached", client),
      onDetached: (client) => changeAttendance(this, "detached", client),
    });
    this.questions = new OpenQuestions(this.hub, (bytes) => this.#program?.input.answer(bytes));
    this.screen = new ScreenHolder({
      rows: launch.rows,
      cols: launch.cols,
      offset: log.offset,
      earlier: launch.restart ? readEarlierScreen(paths, launch.keep_screen) : undefined,
      answer: (bytes) => this.#program?.input.answer(bytes),
      asked: (answer) => this.questions.asked(answer),
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
    this.ending = new Ending(this, options);
    const feeds = [this.inputRecord, this.status, this.waits, this.printed, this.agent, this.shell, this.pacedSize];
    const records = [journal, this.workerRecord];
    for (const part of [...records, this.server, this.recorder, ...feeds, this.ending]) this.#parts.add(part);
  }

  /** The program has ended, or could not be started. */
  get ended(): boolean {
    return this.ending.begun;
  }

  /** The program and the way to type into it; a failure once it has ended. */
  get program(): Result<Program> {
    if (!this.ended && this.#program !== undefined) return ok(this.#program);
    return fail("session_ended", `session ${this.record.fields.name} has ended (${this.record.fields.state})`);
  }

  get lifecycle(): Lifecycle | undefined {
    return this.#program?.lifecycle;
  }

  /** The session as anybody may see it now. */
  info(): SessionInfo {
    return this.record.session();
  }

  /** Starts the program; when it cannot be started the record says why and stays. */
  start(): Result<undefined> {
    const listening = this.server.listen();
    if (!listening.ok) return this.ending.failedStart(listening);
    this.journal.append({ event: this.launch.restart ? "restarted" : "created" });
    const started = startProgram(this, {
      data: (bytes) => this.#output(bytes),
      exited: (status) => this.#program && void this.ending.exited(this.#program, status),
      closed: () => this.ending.terminalClosed(),
    });
    if (!started.ok) return this.ending.failedStart(started);
    const { pty, lifecycle } = started.value;
    this.#program = started.value;
    this.#parts.add(pty);
    this.recorder.onRest = () => pty.rest();
    this.record.change({ state: "running", argv: commandOf(this.launch), child_pid: pty.pid, started_at: utcNow() });
    const { rows, cols } = this.launch;
    this.journal.append({ event: "started", pid: pty.pid, rows, cols });
    this.agent.started();
    const stored = this.record.store();
    this.workerRecord.store();
    this.#parts.add(mendRecordsWhenAsked(this));
    // A session that nobody could find again must not run.
    if (!stored.ok) void lifecycle.kill();
    return stored;
  }

  resize(size: { rows: number; cols: number }): void {
    this.pacedSize.dispose();
    changeSize(this, size);
  }

  /** The last bytes that were printed, raw and bounded. */
  recentBytes(): Uint8Array {
    this.#log.flush();
    return readRecentBytes(this.paths.root, this.recorder.offset);
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
}
