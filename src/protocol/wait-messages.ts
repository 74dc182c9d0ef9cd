// The messages about waiting for a session and about the agent in it, on its session socket: `session.wait`,
// `agent.report`. Part of the table in worker-messages.ts; described in docs/protocol.md.

import * as v from "valibot";
import { milliseconds } from "./both-sockets.ts";
import { CommandInfoSchema } from "./command-messages.ts";
import { count } from "./count.ts";
import { lazily } from "./lazily.ts";
import { OneSessionSchema, SessionSchema } from "./session.ts";
import { AGENT_STATES } from "./session-state.ts";

/** What a worker can wait for; conditions on printed text are the client's, which reads the log. */
export const WaitConditionSchema = lazily(() =>
  v.variant("until", [
    /** The program has ended. */
    v.object({ until: v.literal("exit") }),
    /** There is output at or behind an offset. */
    v.object({ until: v.literal("output"), offset: count }),
    /** Nothing was printed for so long. */
    v.object({ until: v.literal("idle"), for_ms: milliseconds }),
    /** No cell of the screen changed for so long. */
    v.object({ until: v.literal("stable"), for_ms: milliseconds }),
    /** The shell is at its prompt, as its marks (OSC 133) tell, and no `command.run` waits for it. */
    v.object({ until: v.literal("prompt") }),
    /** No `command.run` is under way or waits any more; with `or_exit` as `exit` when none was when it was asked. */
    v.object({ until: v.literal("task"), or_exit: v.optional(v.boolean(), false) }),
    /** The session is in this state or one of `or_states`, or what runs in it (`agent_state`); with `not` neither is. */
    v.object({
      until: v.literal("state"),
      state: v.pipe(v.string(), v.maxLength(64)),
      or_states: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(64)), []),
      not: v.optional(v.boolean(), false),
    }),
  ]),
);
export type WorkerCondition = v.InferOutput<typeof WaitConditionSchema>;

export const WAIT_METHODS = {
  /** Says what the agent in the session is doing; null takes that back. */
  "agent.report": {
    get params() {
      return v.object({
        state: v.nullable(v.picklist(AGENT_STATES)),
        reason: v.optional(v.pipe(v.string(), v.maxLength(4096)), ""),
      });
    },
    result: OneSessionSchema,
  },
  /** Answers when the condition holds, or when it never will because the session has ended. */
  "session.wait": {
    get params() {
      return v.object({ condition: WaitConditionSchema });
    },
    get result() {
      return v.object({
        matched: v.boolean(),
        session: SessionSchema,
        /** With `task`: the run that finished last. */
        task: v.optional(v.nullable(CommandInfoSchema), null),
      });
    },
  },
} as const;
