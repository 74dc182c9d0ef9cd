// What the host and a worker answer alike: a session's clients, and reading what was recorded. Apart from the messages
// of a session socket, so that a command that asks only the host does not load those.

import * as v from "valibot";
import { count } from "./count.ts";
import { lazily } from "./lazily.ts";
import { MAX_WAIT_MS } from "./limits.ts";

/** How long something may take: more would overflow a timer, which then fires at once. */
export const milliseconds = v.pipe(count, v.maxValue(MAX_WAIT_MS));

export const ClientInfoSchema = lazily(() =>
  v.object({
    client_id: v.string(),
    owner: v.boolean(),
    read_only: v.boolean(),
    rows: count,
    cols: count,
    since: v.string(),
  }),
);

const JournalEventSchema = lazily(() => v.looseObject({ seq: count, time: v.string(), event: v.string() }));
export type JournalEvent = v.InferOutput<typeof JournalEventSchema>;

/** Reading by offset, the same for a live worker and (through the host) for an ended session. */
export const LogReadParams = lazily(() =>
  v.object({
    offset: count,
    max: v.optional(count, 256 * 1024),
    /** Milliseconds to wait for bytes at or after `offset` when there are none yet. */
    wait_ms: v.optional(count, 0),
  }),
);
export const LogReadResult = lazily(() =>
  v.object({
    /** Where the bytes begin: later than asked when older ones are gone or were never stored. */
    offset: count,
    next: count,
    start: count,
    end: count,
    /** No byte will ever follow `end`. */
    ended: v.boolean(),
  }),
);
export type LogReadResult = v.InferOutput<typeof LogReadResult>;

export const EventsReadParams = lazily(() =>
  v.object({
    after_seq: v.optional(v.number(), 0),
    tail: v.optional(v.nullable(count), null),
    max: v.optional(count, 2000),
    wait_ms: v.optional(count, 0),
  }),
);
export const EventsReadResult = lazily(() => v.object({ events: v.array(JournalEventSchema), ended: v.boolean() }));
