// The messages on a session socket (client <-> worker), each with its one schema; those of an attach are in
// attach-messages.ts. Described for writers of other clients in docs/protocol.md. Adding an optional key is compatible,
// changing one is not.

import * as v from "valibot";
import {
  ClientInfoSchema,
  EventsReadParams,
  EventsReadResult,
  LogReadParams,
  LogReadResult,
  milliseconds,
} from "./both-sockets.ts";
import { COMMAND_METHODS } from "./command-messages.ts";
import { count } from "./count.ts";
import { ErrorPayloadSchema } from "./error-payload.ts";
import { lazily } from "./lazily.ts";
import { MAX_PRINT } from "./limits.ts";
import { anything, judged, maybe, plainCount, plainObject, text } from "./plain-object.ts";
import { LabelsSchema, OneSessionSchema, SessionSchema } from "./session.ts";
import { WAIT_METHODS } from "./wait-messages.ts";

const cells = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000));
const base64 = v.pipe(v.string(), v.base64());
const empty = v.object({});

export const HelloSchema = lazily(() =>
  v.object({
    protocol: count,
    version: v.string(),
    /** `host` for the host's own connection, which may rename and subscribe. */
    kind: v.optional(v.picklist(["client", "host"]), "client"),
  }),
);

export const WelcomeSchema = plainObject({ protocol: plainCount, version: text, session_id: text, pid: plainCount });
export type Welcome = v.InferOutput<typeof WelcomeSchema>;

/** What a client is told while attached: `status` carries the session; other events their own keys. */
export const WorkerEventSchema = lazily(() => v.looseObject({ event: v.string(), session: v.optional(SessionSchema) }));
export type WorkerEvent = v.InferOutput<typeof WorkerEventSchema>;

/** The number is chosen by the client; it stands as a u32 in front of the bytes of an answer. */
const requestId = v.pipe(count, v.maxValue(0xffffffff));
export const RequestSchema = lazily(() =>
  v.object({ id: requestId, method: v.string(), params: v.optional(v.unknown(), {}) }),
);
export const ResponseSchema = plainObject({
  id: plainCount,
  result: maybe(anything),
  error: maybe(judged(() => ErrorPayloadSchema)),
});

export const InputItemSchema = lazily(() =>
  v.variant("kind", [
    v.object({ kind: v.literal("bytes"), data: base64 }),
    v.object({ kind: v.literal("key"), key: v.pipe(v.string(), v.maxLength(64)) }),
    v.object({ kind: v.literal("paste"), data: base64 }),
  ]),
);
export type InputItem = v.InferOutput<typeof InputItemSchema>;

/** The `screen` object of the command line page without `schema_version` and `session_id`. */
export const ScreenStateSchema = lazily(() =>
  v.looseObject({
    rows: count,
    cols: count,
    offset: count,
    hash: v.string(),
    alternate: v.boolean(),
    title: v.string(),
    cwd: v.nullable(v.string()),
    cursor: v.looseObject({ row: count, col: count, visible: v.boolean() }),
    modes: v.record(v.string(), v.union([v.boolean(), v.string(), v.number()])),
    lines: v.array(v.looseObject({ text: v.string(), wrapped: v.boolean() })),
    /** Answers `since`: null when that screen is not remembered; absent when nobody asked, or the worker is too old. */
    changed_rows: v.optional(v.nullable(v.array(count))),
  }),
);
export type ScreenStatePayload = v.InferOutput<typeof ScreenStateSchema>;

export const PaneFactsSchema = lazily(() =>
  v.object({
    tty: v.string(),
    /** Leader of the foreground group, its first argument and its directory. */
    foreground_pid: v.nullable(count),
    command: v.string(),
    cwd: v.nullable(v.string()),
    /** Named as tmux names them. */
    screen: v.nullable(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  }),
);
export type PaneFacts = v.InferOutput<typeof PaneFactsSchema>;

const row = v.nullable(v.pipe(v.number(), v.integer()));
export const PaneCaptureParams = lazily(() =>
  v.object({
    /** Null: the first row of the history. */
    start: v.optional(row, 0),
    /** Null: the screen's last row. */
    end: v.optional(row, null),
    history_limit: v.optional(count, 2000),
    hidden: v.optional(v.boolean(), false),
    join: v.optional(v.boolean(), false),
    trim: v.optional(v.boolean(), true),
    ansi: v.optional(v.boolean(), false),
    escaped: v.optional(v.boolean(), false),
  }),
);

/** Methods of a session socket. `bytes: true`: the answer's bytes come first, as `bytes` frames. */
export const WORKER_METHODS = {
  "session.status": { params: empty, result: OneSessionSchema },
  "session.inspect": {
    params: empty,
    get result() {
      return v.object({ session: SessionSchema, env: LabelsSchema, clients: v.array(ClientInfoSchema) });
    },
  },
  /** Answers once, then sends `status` events whenever the session changes (output at most once a second). */
  "session.subscribe": { params: empty, result: OneSessionSchema },
  "session.rename": {
    get params() {
      return v.object({ name: v.string() });
    },
    result: OneSessionSchema,
  },
  "session.label": {
    get params() {
      return v.object({ set: LabelsSchema, remove: v.array(v.string()) });
    },
    result: OneSessionSchema,
  },
  "session.theme": {
    get params() {
      return v.object({ theme: v.nullable(v.string()) });
    },
    result: OneSessionSchema,
  },
  "session.resize": {
    get params() {
      return v.object({ rows: cells, cols: cells });
    },
    result: OneSessionSchema,
  },
  "session.detach": {
    get params() {
      return v.object({
        client_id: v.optional(v.nullable(v.string()), null),
        switch_to: v.optional(v.nullable(v.string()), null),
      });
    },
    get result() {
      return v.object({ detached: count });
    },
  },
  /** Returns when the program is down. */
  "session.stop": {
    /** `hang_up`: begins with SIGHUP, as when a terminal is closed, and lets go of the terminal at the end. */
    get params() {
      return v.object({ grace_ms: milliseconds, hang_up: v.optional(v.boolean(), false) });
    },
    result: OneSessionSchema,
  },
  "session.kill": { params: empty, result: OneSessionSchema },
  /** Ends a worker that only still logs the late output of a process left behind. */
  "session.finish": { params: empty, result: empty },
  "input.send": {
    get params() {
      return v.object({
        items: v.array(InputItemSchema),
        force: v.optional(v.boolean(), false),
        timeout_ms: v.optional(milliseconds, 10_000),
      });
    },
    result: plainObject({ bytes: plainCount }),
  },
  /** Shows text as if the program had printed lines of it; `offset` is null while it waits for a place. */
  "session.print": {
    get params() {
      return v.object({ text: v.pipe(v.string(), v.maxLength(MAX_PRINT)) });
    },
    get result() {
      return v.object({ offset: v.nullable(count) });
    },
  },
  /** Who reads what is typed now: the processes in the foreground of the terminal, and its line editing. */
  "input.reader": {
    params: empty,
    get result() {
      return v.object({
        /** Processes of the group in the foreground, its leader first. */
        foreground: v.array(v.object({ pid: count, command: v.string() })),
        /** The kernel edits lines: no line editor of a shell is reading. */
        line_editing: v.boolean(),
        /** The alternate screen is shown. */
        alternate: v.boolean(),
      });
    },
  },
  "screen.state": {
    /** A hash that an earlier answer brought. */
    get params() {
      return v.object({ since: v.optional(v.nullable(v.string()), null) });
    },
    result: ScreenStateSchema,
  },
  "screen.snapshot": {
    get params() {
      return v.object({ scrollback: v.optional(count, 0) });
    },
    result: empty,
    bytes: true,
  },
  "history.read": {
    get params() {
      return v.object({ format: v.picklist(["text", "ansi"]), lines: v.optional(v.nullable(count), null) });
    },
    result: empty,
    bytes: true,
  },
  /** For the tmux face: who is in the foreground, and what the formats of tmux tell about the screen. */
  "pane.facts": {
    get params() {
      return v.object({ screen: v.optional(v.boolean(), false), history: v.optional(v.boolean(), false) });
    },
    result: PaneFactsSchema,
  },
  /** Rows as tmux's capture-pane prints them, from the screen's first row at 0; `found`: there is such a screen. */
  "pane.capture": {
    params: PaneCaptureParams,
    get result() {
      return v.object({ found: v.boolean() });
    },
    bytes: true,
  },
  /** `screen`: shows the bytes that reset a terminal; `history`: forgets the rows above the screen. */
  "pane.reset": {
    get params() {
      return v.object({ screen: v.optional(v.boolean(), false), history: v.optional(v.boolean(), false) });
    },
    result: empty,
  },
  ...COMMAND_METHODS,
  ...WAIT_METHODS,
  "log.read": { params: LogReadParams, result: LogReadResult, bytes: true },
  "events.read": { params: EventsReadParams, result: EventsReadResult },
} as const;

export type WorkerMethod = keyof typeof WORKER_METHODS;
export type WorkerParams<M extends WorkerMethod> = v.InferInput<(typeof WORKER_METHODS)[M]["params"]>;
export type WorkerResult<M extends WorkerMethod> = v.InferOutput<(typeof WORKER_METHODS)[M]["result"]>;

export function isWorkerMethod(method: string): method is WorkerMethod {
  return Object.hasOwn(WORKER_METHODS, method);
}
