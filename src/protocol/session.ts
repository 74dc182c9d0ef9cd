// What a session looks like to everybody outside its worker: the `Session` object of the command line page,
// its states, and the schema that both directions validate. Times are RFC 3339 UTC, sizes are cells, byte
// counts run from the session's first byte.

import * as v from "valibot";

export const SESSION_STATES = [
  "starting",
  "running",
  "exited",
  "crashed",
  "killed",
  "failed_start",
  "lost",
  "stale",
  "orphaned",
] as const;
/** One of these, or another word of a newer version. */
export type SessionState = (typeof SESSION_STATES)[number] | (string & {});

/** States in which a program may still run: the session holds its name. */
const LIVE: readonly SessionState[] = ["starting", "running", "stale", "orphaned"];

/** Whether its program may still run. A state of a newer version counts as live until it says when it ended. */
export function isLive({ state, ended_at }: { readonly state: string; readonly ended_at: string | null }): boolean {
  const isKnown = SESSION_STATES.some((known) => known === state);
  return isKnown ? LIVE.includes(state) : ended_at === null;
}

/** What an agent in a session is doing, as it says or as its output shows (docs/protocol.md, "Agent states"). */
export const AGENT_STATES = ["working", "blocked", "idle", "done"] as const;
export type AgentState = (typeof AGENT_STATES)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.string(), v.maxLength(40));
const nullable = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);

export const LabelsSchema = v.record(v.string(), v.string());

export const FailureSchema = v.object({ code: v.string(), message: v.string() });

export const SessionSchema = v.object({
  session_id: v.string(),
  name: v.string(),
  pane_id: v.string(),
  role: v.string(),
  // Not a list: a newer peer, or a record that it wrote, may have a state that we do not know.
  state: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,63}$/)),
  cwd: v.string(),
  argv: v.array(v.string()),
  workspace: nullable(v.string()),
  labels: LabelsSchema,
  rows: count,
  cols: count,
  attached_clients: count,
  input_owner: nullable(v.string()),
  parent_session_id: nullable(v.string()),
  worker_pid: nullable(count),
  child_pid: nullable(count),
  exit_code: nullable(count),
  exit_signal: nullable(v.string()),
  failure: nullable(FailureSchema),
  created_at: time,
  started_at: nullable(time),
  ended_at: nullable(time),
  last_output_at: nullable(time),
  output_bytes: count,
  title: v.string(),
  agent_state: nullable(v.string()),
  monitor: v.optional(v.string(), "none"),
  status_theme: v.optional(v.nullable(v.string()), null),
  archived: v.optional(v.boolean(), false),
  /** False while a live worker does not answer (it is stopped, or the machine is starved). */
  responsive: v.optional(v.boolean(), true),
});
export type Session = v.InferOutput<typeof SessionSchema>;

/** Where and how a program is to be started: everything is the caller's (cwd, environment, umask). */
export const StartSpecSchema = v.object({
  /** Empty: the login shell of the environment. */
  argv: v.array(v.string()),
  env: v.record(v.string(), v.string()),
  cwd: v.string(),
  umask: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777)),
  name: v.optional(v.string()),
  /** Put before the name, given or made up (BIDE_SESSION_PREFIX). */
  name_prefix: v.optional(v.string()),
  role: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64)), "shell"),
  workspace: v.optional(v.nullable(v.string()), null),
  labels: v.optional(LabelsSchema, {}),
  rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  cols: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  monitor: v.optional(v.picklist(["none", "auto", "basic", "raw", "jsonl"]), "none"),
  status_theme: v.optional(v.nullable(v.string()), null),
  /** The session that the caller runs in, with the secret that proves it. */
  parent: v.optional(v.nullable(v.object({ session_id: v.string(), token: v.string() })), null),
});
export type StartSpec = v.InferOutput<typeof StartSpecSchema>;
export type StartOptions = v.InferInput<typeof StartSpecSchema>;

export const STATUS_THEMES = ["blue", "green", "magenta", "cyan", "amber", "red", "gray", "plain"] as const;
