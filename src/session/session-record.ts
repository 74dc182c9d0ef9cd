// The record of a session, and meta.json, which holds it: what the session is, fsynced at each change of state. The worker
// is its only writer while it lives (who runs it is in worker-record.ts); the host takes over when the worker is dead.

import type { Result } from "../base/result.ts";
import type { Launch, Meta } from "../protocol/launch.ts";
import type { Session } from "../protocol/session.ts";
import { replaceFile } from "../store/atomic-file.ts";
import { encodeJson } from "../store/atomic-json.ts";
import { releaseSpace, replaceWithReserve, reserveSpace } from "../store/reserved-space.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { redactEnvironment } from "./redact-environment.ts";

/** What only the worker knows at the moment of asking. */
export interface LiveFacts {
  readonly attachedClients: number;
  readonly inputOwner: string | null;
  readonly outputBytes: number;
  readonly lastOutputAt: string | null;
  readonly title: string;
}

/** By how much the record may grow until the end: exit, times and a title. */
const END_BYTES = 4096;

export class SessionRecord {
  readonly #launch: Launch;
  readonly #paths: SessionPaths;
  readonly #live: () => LiveFacts;
  #fields: Session;
  #reserved = 0;
  /** Redacted; the true one is in env.json for `restart`. */
  readonly env: Record<string, string>;

  /** `live`: asked whenever the session is shown or written. */
  constructor(launch: Launch, paths: SessionPaths, live: () => LiveFacts) {
    this.#launch = launch;
    this.#paths = paths;
    this.#live = live;
    this.env = redactEnvironment(launch.env);
    this.#fields = newSession(launch);
  }

  get id(): string {
    return this.#fields.session_id;
  }

  get fields(): Readonly<Session> {
    return this.#fields;
  }

  /** The session as anybody may see it now. */
  session(): Session {
    const live = this.#live();
    return {
      ...this.#fields,
      attached_clients: live.attachedClients,
      input_owner: live.inputOwner,
      output_bytes: live.outputBytes,
      last_output_at: live.lastOutputAt,
      title: live.title,
    };
  }

  change(fields: Partial<Session>): void {
    this.#fields = { ...this.#fields, ...fields };
  }

  /**
   * Writes meta.json, durably: a change of state is acknowledged only once it is stored. Space for the last change, the
   * end, is kept in advance, so that one fits on a full disk.
   */
  store(): Result<undefined> {
    const meta: Meta = {
      schema_version: 1,
      session: { ...this.session(), attached_clients: 0, input_owner: null },
      umask: this.#launch.umask,
      token_hash: this.#launch.token_hash,
      shell_integration: this.#launch.shell_integration,
      env: this.env,
    };
    if (this.#fields.ended_at !== null) return replaceWithReserve(this.#paths.meta, encodeJson(meta));
    const bytes = encodeJson(meta);
    const stored = replaceFile(this.#paths.meta, bytes);
    if (stored.ok && bytes.length + END_BYTES > this.#reserved) {
      const wanted = bytes.length + 2 * END_BYTES;
      if (reserveSpace(this.#paths.meta, wanted)) this.#reserved = wanted;
    }
    return stored;
  }

  /** The last record is written: gives back what was kept for it. */
  release(): void {
    releaseSpace(this.#paths.meta);
  }
}

function newSession(launch: Launch): Session {
  return {
    session_id: launch.session_id,
    name: launch.name,
    pane_id: launch.pane_id,
    role: launch.role,
    state: "starting",
    cwd: launch.cwd,
    argv: launch.argv,
    workspace: launch.workspace,
    labels: launch.labels,
    rows: launch.rows,
    cols: launch.cols,
    attached_clients: 0,
    input_owner: null,
    parent_session_id: launch.parent_session_id,
    worker_pid: process.pid,
    child_pid: null,
    exit_code: null,
    exit_signal: null,
    failure: null,
    created_at: launch.created_at,
    started_at: null,
    ended_at: null,
    last_output_at: null,
    output_bytes: 0,
    title: "",
    agent_state: null,
    agent_reason: null,
    agent_since: null,
    monitor: launch.monitor,
    status_theme: launch.status_theme,
    archived: false,
    responsive: true,
  };
}
