// Every message on the host socket: JSON-RPC 2.0, one message per line, `system.hello` first. Each method has
// one schema for its parameters and one for its result. Described in docs/protocol.md.

import * as v from "valibot";
import {
  ClientInfoSchema,
  EventsReadParams,
  EventsReadResult,
  LogReadParams,
  LogReadResult,
  milliseconds,
} from "./both-sockets.ts";
import { count } from "./count.ts";
import { ErrorPayloadSchema } from "./error-payload.ts";
import { lazily } from "./lazily.ts";
import {
  anything,
  flag,
  judged,
  listOf,
  maybe,
  mostlyNumber,
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
import { LabelsSchema, OneSessionSchema, SessionSchema, StartSpecSchema, stateField } from "./session.ts";

const empty = v.object({});
const many = plainObject({ sessions: listOf(SessionSchema) });

/**
 * Which session is meant: a name, an id or a unique id prefix, or a pane id; or workspace and role. The
 * caller has already put its prefix before names.
 */
export const SelectorSchema = lazily(() =>
  v.union([
    v.object({ text: v.string(), prefix: v.optional(v.string(), "") }),
    v.object({ workspace: v.string(), role: v.string() }),
  ]),
);
export type Selector = v.InferInput<typeof SelectorSchema>;

const selected = lazily(() => v.object({ selector: SelectorSchema }));
/** Several selectors; a text that ends with `*` matches names by their beginning. */
const selectedMany = lazily(() => v.object({ selectors: v.array(SelectorSchema) }));

const jsonrpc = plainText(
  (value) => value === "2.0",
  () => v.literal("2.0"),
);

export const RpcRequestSchema = plainObject({
  jsonrpc,
  id: mostlyNumber(() => v.union([v.number(), v.string()])),
  method: text,
  params: optional(anything, {}),
});

export const RpcResponseSchema = plainObject({
  jsonrpc,
  id: mostlyNumber(() => v.nullable(v.union([v.number(), v.string()]))),
  result: maybe(anything),
  error: maybe(
    judged(() =>
      v.object({
        code: v.number(),
        message: v.string(),
        data: v.optional(v.looseObject({ code: v.optional(v.string()), hint: v.optional(v.string()) })),
      }),
    ),
  ),
});

/** JSON-RPC's own numbers; everything else that fails is RPC_FAILED with the code of our table in `data`. */
export const RPC_PARSE_ERROR = -32700;
export const RPC_INVALID_REQUEST = -32600;
export const RPC_METHOD_NOT_FOUND = -32601;
export const RPC_INVALID_PARAMS = -32602;
export const RPC_FAILED = -32000;

export const HostInfoSchema = plainObject({
  pid: plainCount,
  version: text,
  state_dir: text,
  socket: text,
  started_at: text,
  sessions: plainCount,
});
export type HostInfo = v.InferOutput<typeof HostInfoSchema>;

export const SessionPathsSchema = lazily(() =>
  v.object({
    root: v.string(),
    meta: v.string(),
    worker: v.string(),
    log: v.string(),
    events: v.string(),
    snapshot: v.string(),
    scrollback: v.string(),
    replay: v.string(),
    socket: v.string(),
  }),
);

export const ProcessSchema = lazily(() =>
  v.object({
    session_id: v.string(),
    pid: count,
    ppid: count,
    pgid: count,
    depth: count,
    state: v.string(),
    cpu_percent: v.number(),
    rss_kib: count,
    elapsed_s: v.number(),
    command: v.string(),
    orphan: v.boolean(),
  }),
);
export type ProcessInfo = v.InferOutput<typeof ProcessSchema>;

export const ListParams = plainObject({
  all: optional(flag, false),
  archived: optional(flag, false),
  /** Only children when true; otherwise children are left out unless `all`. */
  children: optional(flag, false),
  role: maybe(text),
  workspace: maybe(text),
  labels: maybe(textsByKey),
  state: maybe(stateField),
  name_prefix: maybe(text),
});

const HelloResult = plainObject({
  protocol: plainCount,
  version: text,
  pid: plainCount,
  capabilities: texts,
});

/** Everything but the selector is what it was, unless it is given. */
export const RestartParams = lazily(() =>
  v.object({
    ...selected.entries,
    argv: v.optional(v.array(v.string())),
    env: v.optional(v.record(v.string(), v.string())),
    cwd: v.optional(v.string()),
    rows: v.optional(StartSpecSchema.entries.rows),
    cols: v.optional(StartSpecSchema.entries.cols),
    keep_screen: v.optional(v.boolean(), true),
  }),
);

export const HOST_METHODS = {
  "system.hello": {
    get params() {
      return v.object({ protocol: count, version: v.string() });
    },
    result: HelloResult,
  },
  "host.status": { params: empty, result: HostInfoSchema },
  /** Ends every session (stop, or kill with `force`), then the host; answers when all are down. */
  "host.shutdown": {
    get params() {
      return v.object({ force: v.optional(v.boolean(), false) });
    },
    result: many,
  },
  /** Ends the host alone; sessions go on. */
  "host.stop": { params: empty, result: empty },
  /** Makes the tmux server of a namespace answer at its socket; false: there is none, and `create` is not set. */
  "tmux.serve": {
    get params() {
      return v.object({ socket: v.string(), create: v.optional(v.boolean(), false) });
    },
    get result() {
      return v.object({ served: v.boolean(), note: v.optional(v.string()) });
    },
  },
  "session.start": { params: StartSpecSchema, result: OneSessionSchema },
  "session.list": { params: ListParams, result: many },
  /** `socket` is null when no worker lives; `fresh: false` answers from the registry alone. */
  "session.resolve": {
    get params() {
      return v.object({ selector: SelectorSchema, fresh: v.optional(v.boolean(), false) });
    },
    result: plainObject({ session: nested(SessionSchema), socket: orNull(text) }),
  },
  "session.resolve_many": { params: selectedMany, result: many },
  "session.inspect": {
    params: selected,
    get result() {
      return v.object({
        session: SessionSchema,
        paths: SessionPathsSchema,
        env: LabelsSchema,
        clients: v.array(ClientInfoSchema),
      });
    },
  },
  "session.rename": {
    get params() {
      return v.object({ selector: SelectorSchema, name: v.string() });
    },
    result: OneSessionSchema,
  },
  "session.label": {
    get params() {
      return v.object({ ...selectedMany.entries, set: LabelsSchema, remove: v.array(v.string()) });
    },
    result: many,
  },
  "session.theme": {
    get params() {
      return v.object({ selector: SelectorSchema, theme: v.nullable(v.string()) });
    },
    result: OneSessionSchema,
  },
  "session.stop": {
    get params() {
      return v.object({ ...selectedMany.entries, grace_ms: v.optional(milliseconds) });
    },
    result: many,
  },
  "session.kill": { params: selectedMany, result: many },
  "session.delete": {
    get params() {
      return v.object({
        ...selectedMany.entries,
        purge: v.optional(v.boolean(), false),
        kill: v.optional(v.boolean(), false),
        tell_failed: v.optional(v.boolean(), false),
      });
    },
    get result() {
      return v.object({
        deleted: v.array(v.object({ session_id: v.string(), archived: v.boolean(), purged: v.boolean() })),
        failed: v.optional(v.array(v.object({ session_id: v.string(), error: ErrorPayloadSchema }))),
      });
    },
  },
  "session.restart": { params: RestartParams, result: OneSessionSchema },
  "session.processes": {
    get params() {
      return v.object({
        selector: v.optional(v.nullable(SelectorSchema), null),
        orphans: v.optional(v.boolean(), false),
      });
    },
    get result() {
      return v.object({ processes: v.array(ProcessSchema) });
    },
  },
  /** The files of a session whose worker is gone; bytes travel as base64. */
  "session.log_read": {
    get params() {
      return v.object({ session_id: v.string(), ...LogReadParams.entries });
    },
    get result() {
      return v.object({ ...LogReadResult.entries, data: v.string() });
    },
  },
  "session.events_read": {
    get params() {
      return v.object({ session_id: v.string(), ...EventsReadParams.entries });
    },
    result: EventsReadResult,
  },
  "session.snapshot_read": {
    get params() {
      return v.object({ session_id: v.string() });
    },
    get result() {
      return v.object({
        snapshot: v.nullable(v.unknown()),
        scrollback: v.string(),
        /** Why there is no snapshot although there is a file for it. */
        damage: v.optional(v.string()),
      });
    },
  },
} as const;

export type HostMethod = keyof typeof HOST_METHODS;
export type HostParams<M extends HostMethod> = v.InferInput<(typeof HOST_METHODS)[M]["params"]>;
export type HostResult<M extends HostMethod> = v.InferOutput<(typeof HOST_METHODS)[M]["result"]>;

export function isHostMethod(method: string): method is HostMethod {
  return Object.hasOwn(HOST_METHODS, method);
}
