// The messages about commands of a session's shell, on its session socket: `command.run`, `command.read`,
// `command.interrupt`. Part of the table in worker-messages.ts; described in docs/protocol.md.

import * as v from "valibot";
import { milliseconds } from "./both-sockets.ts";
import { count } from "./count.ts";
import { lazily } from "./lazily.ts";
import { MAX_COMMAND_LENGTH } from "./limits.ts";

/** A command that a session's shell ran or runs; offsets are of its output, times in milliseconds. */
export const CommandInfoSchema = lazily(() =>
  v.object({
    /** Counts the commands of the session from 1. */
    seq: count,
    text: v.string(),
    cwd: v.string(),
    /** Null while it runs, and when the shell did not say. */
    exit_code: v.nullable(v.number()),
    /** Only when the shell itself was ended by a signal. */
    exit_signal: v.nullable(v.string()),
    started_at: v.string(),
    duration_ms: v.nullable(count),
    output_start: count,
    output_end: v.nullable(count),
    /** Given by `command.run`; false: typed. */
    run: v.boolean(),
    /** `bide`: told by bide's own integration; `osc133`: by marks that any program's output could forge. */
    source: v.picklist(["bide", "osc133"]),
  }),
);
export type CommandInfo = v.InferOutput<typeof CommandInfoSchema>;

export const COMMAND_METHODS = {
  /** Runs a command in the session's shell; answers when it has begun. */
  "command.run": {
    get params() {
      return v.object({
        /** Shell text; or `argv`, words that the shell takes literally. */
        text: v.optional(v.pipe(v.string(), v.maxLength(MAX_COMMAND_LENGTH))),
        argv: v.optional(v.array(v.pipe(v.string(), v.maxLength(MAX_COMMAND_LENGTH)))),
        force: v.optional(v.boolean(), false),
        /** Runs even if this connection is gone before it begins; answers at once when it has to wait for another. */
        detach: v.optional(v.boolean(), false),
        /** How long a shell that is not yet at its prompt is waited for. */
        prompt_ms: v.optional(milliseconds, 15_000),
      });
    },
    /** Null: it waits for another run. */
    get result() {
      return v.object({ command: v.nullable(CommandInfoSchema) });
    },
  },
  "command.read": {
    get params() {
      return v.object({
        command: count,
        offset: v.optional(count, 0),
        max: v.optional(count, 256 * 1024),
        wait_ms: v.optional(count, 0),
      });
    },
    /** `finished`: it has ended and `next` is its end. */
    get result() {
      return v.object({ offset: count, next: count, finished: v.boolean(), command: CommandInfoSchema });
    },
    bytes: true,
  },
  "command.interrupt": {
    get params() {
      return v.object({ command: count });
    },
    get result() {
      return v.object({ interrupted: v.boolean() });
    },
  },
} as const;
