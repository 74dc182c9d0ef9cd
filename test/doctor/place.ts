// A state directory of its own for one test, with a real host and real sessions in it, and the doctor that looks at
// it. Used by the tests of this folder. It remembers every process that it started by identity, and `end` kills
// exactly those.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { type Bide, connect } from "../../src/client/index.ts";
import type { DoctorCheck, DoctorReport } from "../../src/host/doctor/report.ts";
import { runDoctor } from "../../src/host/doctor.ts";
import type { WorkerRecord } from "../../src/protocol/launch.ts";
import type { Session } from "../../src/protocol/session.ts";
import { identify, isAlive, isSame, type ProcessIdentity } from "../../src/pty/identity.ts";
import { membersOfSession } from "../../src/pty/session-members.ts";
import { signalProcess } from "../../src/pty/signals.ts";
import { type Paths, resolvePaths } from "../../src/store/paths.ts";
import { type SessionPaths, sessionPaths } from "../../src/store/session-paths.ts";
import { BIDE } from "../support/sandbox.ts";

export class Place {
  readonly directory = mkdtempSync(join(tmpdir(), "bide-doctor-"));
  readonly env: Record<string, string>;
  readonly #started: ProcessIdentity[] = [];
  readonly #sessions: { readonly id: string; readonly leader: ProcessIdentity }[] = [];
  #bide: Bide | undefined;

  constructor(more: Record<string, string> = {}) {
    this.env = {
      PATH: process.env.PATH ?? "/bin:/usr/bin",
      HOME: this.directory,
      BIDE_STATE_DIR: join(this.directory, "state"),
      BIDE_RUNTIME_DIR: join(this.directory, "run"),
      BIDE_TEST_SPARES: "0",
      ...more,
    };
  }

  get paths(): Paths {
    return unwrap(resolvePaths(this.env));
  }

  pathsOf(session: Session): SessionPaths {
    return sessionPaths(this.paths, session.session_id);
  }

  /** The connection to the host, which is started when there is none. */
  async host(): Promise<Bide> {
    if (this.#bide === undefined) {
      this.#bide = await connect({ env: this.env, command: [BIDE] });
      this.#remember(this.#bide.host.pid);
    }
    return this.#bide;
  }

  async start(name: string, ...argv: string[]): Promise<Session> {
    const host = await this.host();
    const asked = { name, argv, env: this.env, cwd: "/", umask: 0o022, rows: 24, cols: 80 };
    const { session } = await host.request("session.start", asked);
    this.#remember(session.worker_pid);
    this.#sessions.push({ id: session.session_id, leader: this.#remember(session.child_pid) });
    return session;
  }

  /** A session whose program has ended by itself, with its worker gone too. */
  async ended(name: string, ...argv: string[]): Promise<Session> {
    const session = await this.start(name, ...argv);
    const worker = this.workerOf(session).worker;
    await gone(worker);
    return session;
  }

  /** worker.json as it is. */
  workerOf(session: Session): WorkerRecord {
    return JSON.parse(readFileSync(this.pathsOf(session).worker, "utf8"));
  }

  /** Kills the host; its sessions go on. */
  async killHost(): Promise<void> {
    const pid = this.#bide?.host.pid ?? 0;
    this.#bide?.close();
    this.#bide = undefined;
    await killed(identify(pid));
  }

  async killWorker(session: Session): Promise<void> {
    await killed(this.workerOf(session).worker);
  }

  async killProgram(session: Session): Promise<void> {
    await killed(this.workerOf(session).child);
  }

  /** What the doctor says; nothing is repaired unless `repair` says so. */
  async doctor(options: { repair?: string[]; env?: Record<string, string>; systemRoot?: string } = {}): Promise<Seen> {
    const { env, ...rest } = options;
    const systemRoot = join(this.directory, "no-system");
    return new Seen(unwrap(await runDoctor({ systemRoot, ...rest, env: { ...this.env, ...env } })));
  }

  /** Ends everything that was started here and removes the directory. */
  async end(): Promise<void> {
    this.#bide?.close();
    for (const identity of this.#started) await killed(identity);
    for (const { id, leader } of this.#sessions) {
      for (const row of membersOfSession(id, leader)) await killed(identify(row.pid));
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  #remember(pid: number | null): ProcessIdentity {
    // A program that has ended already needs no end.
    const identity = identify(pid ?? 0) ?? { pid: pid ?? 0, start_time: "", boot_id: "" };
    this.#started.push(identity);
    return identity;
  }
}

export class Seen {
  readonly report: DoctorReport;

  constructor(report: DoctorReport) {
    this.report = report;
  }

  get status(): string {
    return this.report.status;
  }

  /** The codes of everything that is more than info. */
  get codes(): string[] {
    return this.report.checks.filter((check) => check.severity !== "info").map((check) => check.code);
  }

  all(code: string): DoctorCheck[] {
    return this.report.checks.filter((check) => check.code === code);
  }

  /** The one finding with this code; throws when there is not exactly one. */
  the(code: string): DoctorCheck {
    const [check, ...more] = this.all(code);
    if (check === undefined || more.length > 0) {
      throw new Error(`expected one ${code}, got ${JSON.stringify(this.report.checks, null, 1)}`);
    }
    return check;
  }
}

/** Kills one process, if it is still that one, and waits for its end. */
export async function killed(identity: ProcessIdentity | null): Promise<void> {
  if (identity === null) return;
  signalProcess(identity, "SIGCONT");
  signalProcess(identity, "SIGKILL");
  await gone(identity);
}

/**
 * Resolves when nothing of the process is left but, perhaps, a zombie of one thread: its sockets and locks are closed
 * only then. It may be no child of ours, so nobody tells us: it is looked for.
 */
export async function gone(identity: ProcessIdentity): Promise<void> {
  while (isAlive(identity) || hasThreads(identity)) await Bun.sleep(1);
}

function hasThreads(identity: ProcessIdentity): boolean {
  try {
    return isSame(identity, identify(identity.pid)) && readdirSync(`/proc/${identity.pid}/task`).length > 1;
  } catch {
    return false;
  }
}
