// A run in a session of its own: no shell, the program's words as they are, its output and its own exit code. The
// session's record and log stay. Made by Bide.runAlone.

import { constants } from "node:os";
import { BideError } from "../../base/errors.ts";
import type { Session, StartOptions } from "../../protocol/session.ts";
import { logPieces } from "../log-pieces.ts";
import { type HostSource, RecordedSession } from "../recorded-session.ts";
import { LineEnds } from "./line-ends.ts";
import type { Run, RunEnd } from "./run.ts";

export class OwnRun implements Run {
  readonly seq = null;
  readonly session: Session;
  readonly #source: HostSource;
  readonly #recorded: RecordedSession;

  private constructor(source: HostSource, recorded: RecordedSession, session: Session) {
    this.#source = source;
    this.#recorded = recorded;
    this.session = session;
  }

  /** @throws BideError as `session.start` does: `program_not_found` (127), `bad_cwd`, `name_taken`, ... */
  static async start(source: HostSource, options: StartOptions): Promise<OwnRun> {
    const { session } = await (await source.connect()).request("session.start", options);
    const recorded = await RecordedSession.open(source, { text: session.session_id });
    return new OwnRun(source, recorded, session);
  }

  get sessionId(): string {
    return this.session.session_id;
  }

  get sessionName(): string {
    return this.session.name;
  }

  get text(): string {
    const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    return this.session.argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(" ");
  }

  get cwd(): string {
    return this.session.cwd;
  }

  async *output(): AsyncGenerator<Uint8Array, RunEnd> {
    const lineEnds = new LineEnds();
    for await (const { bytes } of logPieces(this.#recorded, { from: 0, follow: true })) yield lineEnds.write(bytes);
    yield lineEnds.end();
    return this.#end();
  }

  async interrupt(): Promise<boolean> {
    const bide = await this.#source.connect();
    try {
      const connection = await bide.session(this.sessionId);
      await connection.request("input.send", { items: [{ kind: "bytes", data: "Aw==" }], force: true });
      connection.close();
      return true;
    } catch (error) {
      if (error instanceof BideError && error.code === "session_ended") return false;
      throw error;
    }
  }

  close(): void {
    this.#recorded.close();
  }

  /** The journal knows it before anybody is told; the host may hear of it a moment later. */
  async #end(): Promise<RunEnd> {
    const { events } = await this.#recorded.readEvents({ tail: END_EVENTS });
    const exited = events.findLast(({ event }) => event === "exited");
    if (exited === undefined) {
      throw new BideError("worker_unreachable", `the worker of ${this.sessionName} died while the program ran`);
    }
    const code = typeof exited.exit_code === "number" ? exited.exit_code : null;
    const signal = typeof exited.exit_signal === "string" ? exited.exit_signal : null;
    const exitCode = signal === null ? code : 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
    const startedAt = Date.parse(this.session.started_at ?? this.session.created_at);
    return { exitCode, signal, durationMs: Math.max(0, Date.parse(exited.time) - startedAt) };
  }
}

/** Late output of a process that was left behind, and clients that leave, may follow the end. */
const END_EVENTS = 200;
