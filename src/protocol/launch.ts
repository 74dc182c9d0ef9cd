// What the host tells a new worker on its standard input, and the one line that the worker answers on its
// standard output. After that the two talk over the session's socket like everybody else.

import * as v from "valibot";
import { count } from "./count.ts";
import { ErrorPayloadSchema } from "./error-payload.ts";
import { lazily } from "./lazily.ts";
import {
  flag,
  judged,
  maybe,
  nested,
  optional,
  orNull,
  plainCount,
  plainObject,
  text,
  texts,
  textsByKey,
} from "./plain-object.ts";
import { LabelsSchema, SessionSchema } from "./session.ts";

export const LaunchSchema = plainObject({
  session_id: text,
  name: text,
  pane_id: text,
  /** Directory of the session's files; it exists. */
  directory: text,
  socket: text,
  argv: texts,
  /** The whole environment of the program. */
  env: textsByKey,
  cwd: text,
  umask: plainCount,
  rows: plainCount,
  cols: plainCount,
  xpixel: optional(plainCount, 0),
  ypixel: optional(plainCount, 0),
  role: text,
  workspace: orNull(text),
  labels: textsByKey,
  monitor: text,
  status_theme: orNull(text),
  parent_session_id: orNull(text),
  /** SHA-256 of the secret in the program's environment, by which its children prove themselves. */
  token_hash: text,
  /** Put the shell integration into the program, if it is a shell that there is one for. */
  shell_integration: optional(flag, true),
  created_at: text,
  /** An ended session starts again: its log, journal and scrollback go on. */
  restart: flag,
  /** Whether the last screen of the earlier life goes above the new one, as its scrollback does. */
  keep_screen: optional(flag, true),
});
export type Launch = v.InferOutput<typeof LaunchSchema>;

/** Without a session when the worker could not even open its files. */
export const LaunchReplySchema = plainObject({
  session: maybe(nested(SessionSchema)),
  error: maybe(judged(() => ErrorPayloadSchema)),
});
export type LaunchReply = v.InferOutput<typeof LaunchReplySchema>;

/** What meta.json holds: the session as it last was, and what only the host needs. */
export const MetaSchema = lazily(() =>
  v.object({
    schema_version: v.literal(1),
    session: SessionSchema,
    umask: v.optional(count, 0o022),
    token_hash: v.optional(v.string(), ""),
    shell_integration: v.optional(v.boolean(), true),
    /** Names of the environment's variables with values; what looks secret is "[redacted]". */
    env: v.optional(LabelsSchema, {}),
  }),
);
export type Meta = v.InferOutput<typeof MetaSchema>;

const ProcessIdentitySchema = lazily(() => v.object({ pid: count, start_time: v.string(), boot_id: v.string() }));

/** What worker.json holds: who runs the session right now. */
export const WorkerRecordSchema = lazily(() =>
  v.object({
    schema_version: v.literal(1),
    session_id: v.string(),
    worker: ProcessIdentitySchema,
    child: v.nullable(ProcessIdentitySchema),
    socket: v.string(),
    version: v.string(),
    clients: v.array(v.string()),
    input_owner: v.nullable(v.string()),
  }),
);
export type WorkerRecord = v.InferOutput<typeof WorkerRecordSchema>;
