// What a session looks like to everybody outside its worker: the `Session` object of the command line page,
// its states, and the schema that both directions validate. Times are RFC 3339 UTC, sizes are cells, byte
// counts run from the session's first byte.

import * as v from "valibot";
import { lazily } from "./lazily.ts";
import { MAX_ROLE_CHARACTERS } from "./limits.ts";
import {
  flag,
  judged,
  nested,
  optional,
  orNull,
  plainCount,
  plainObject,
  plainText,
  text,
  texts,
  textsByKey,
} from "./plain-object.ts";

const MOST_TIME = 40;
const time = plainText(
  (value) => value.length <= MOST_TIME,
  () => v.pipe(v.string(), v.maxLength(MOST_TIME)),
);
const STATE = /^[a-z][a-z0-9_]{0,63}$/;
/** Not a list: a newer peer, or a record that it wrote, may have a state that we do not know. */
export const stateField = plainText(
  (value) => value === "running" || STATE.test(value),
  () => v.pipe(v.string(), v.regex(STATE)),
);

export const LabelsSchema = lazily(() => v.record(v.string(), v.string()));

export const FailureSchema = lazily(() => v.object({ code: v.string(), message: v.string() }));

export const SessionSchema = plainObject({
  session_id: text,
  name: text,
  pane_id: text,
  role: text,
  state: stateField,
  cwd: text,
  argv: texts,
  workspace: orNull(text),
  labels: textsByKey,
  rows: plainCount,
  cols: plainCount,
  attached_clients: plainCount,
  input_owner: orNull(text),
  parent_session_id: orNull(text),
  worker_pid: orNull(plainCount),
  child_pid: orNull(plainCount),
  exit_code: orNull(plainCount),
  exit_signal: orNull(text),
  failure: orNull(judged(() => FailureSchema)),
  created_at: time,
  started_at: orNull(time),
  ended_at: orNull(time),
  last_output_at: orNull(time),
  output_bytes: plainCount,
  title: text,
  agent_state: orNull(text),
  /** Why, in words of the agent or of bide. */
  agent_reason: optional(orNull(text), null),
  agent_since: optional(orNull(time), null),
  monitor: optional(text, "none"),
  status_theme: optional(orNull(text), null),
  archived: optional(flag, false),
  /** False while a live worker does not answer (it is stopped, or the machine is starved). */
  responsive: optional(flag, true),
});
/** What most methods about a session answer. */
export const OneSessionSchema = plainObject({ session: nested(SessionSchema) });

export type Session = v.InferOutput<typeof SessionSchema>;

const PixelsSchema = lazily(() => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)));

/** Where and how a program is to be started: everything is the caller's (cwd, environment, umask). */
export const StartSpecSchema = lazily(() =>
  v.object({
    /** Empty: the login shell of the environment. */
    argv: v.array(v.string()),
    env: v.record(v.string(), v.string()),
    cwd: v.string(),
    umask: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777)),
    name: v.optional(v.string()),
    /** Put before the name, given or made up (BIDE_SESSION_PREFIX). */
    name_prefix: v.optional(v.string()),
    /** A pane id that was reserved for this session (the tmux face has to know it first); else the next one. */
    pane_id: v.optional(v.string()),
    role: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ROLE_CHARACTERS)), "shell"),
    workspace: v.optional(v.nullable(v.string()), null),
    labels: v.optional(LabelsSchema, {}),
    rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    cols: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    /** Of the whole text area, 0: unknown. Told later, they would be a change of size: a SIGWINCH for nothing. */
    xpixel: v.optional(PixelsSchema, 0),
    ypixel: v.optional(PixelsSchema, 0),
    monitor: v.optional(v.picklist(["none", "auto", "basic", "raw", "jsonl"]), "none"),
    status_theme: v.optional(v.nullable(v.string()), null),
    /** False: a bash, zsh or fish is started without bide's marks of prompts and commands. */
    shell_integration: v.optional(v.boolean(), true),
    /** The session that the caller runs in, with the secret that proves it. */
    parent: v.optional(v.nullable(v.object({ session_id: v.string(), token: v.string() })), null),
  }),
);
export type StartSpec = v.InferOutput<typeof StartSpecSchema>;
export type StartOptions = v.InferInput<typeof StartSpecSchema>;
