// The frames of an attach on a session socket, each with its one schema: how a client asks for it, what it is told, how it
// ends. Described for writers of other clients in docs/protocol.md. Adding an optional key is compatible, changing one is
// not. The frames that are no JSON are in direct-frames.ts and frames.ts.

import * as v from "valibot";
import { count } from "./count.ts";
import { lazily } from "./lazily.ts";
import { SessionSchema } from "./session.ts";

/** What a terminal reports is clamped by the worker, so any number is let in (0 x 0 happens). */
const reported = v.number();

export const REPLAY_MODES = ["full", "screen", "raw", "none"] as const;

export const TerminalSizeSchema = lazily(() =>
  v.object({
    rows: reported,
    cols: reported,
    xpixel: v.optional(reported, 0),
    ypixel: v.optional(reported, 0),
  }),
);
export type TerminalSize = v.InferInput<typeof TerminalSizeSchema>;

/** The client's own terminal, for a worker that can reach it; numbers as fstat(2) gives them. */
export const ClientTerminalSchema = lazily(() =>
  v.object({
    path: v.string(),
    dev: count,
    ino: count,
    rdev: count,
    pid: count,
    /** Bytes that may be the detach key or begin it: the client wants to see them before the program does. */
    held: v.pipe(v.array(v.pipe(count, v.maxValue(255))), v.maxLength(8)),
  }),
);
export type ClientTerminal = v.InferOutput<typeof ClientTerminalSchema>;

/**
 * What the worker is to do for a client that dies at its `terminal` without a word: the client's last will, as MQTT calls
 * it. Each one replaces the one before.
 */
export const WillSchema = lazily(() =>
  v.object({
    /** Text that gives the terminal back as it was found, written where it stands. */
    undo: v.string(),
    /** struct termios as tcgetattr(3) gives it, in hex: as the client set it, and as it found it. */
    settings: v.object({ now: v.pipe(v.string(), v.hexadecimal()), before: v.pipe(v.string(), v.hexadecimal()) }),
  }),
);
export type Will = v.InferOutput<typeof WillSchema>;

export const AttachSchema = lazily(() =>
  v.object({
    ...TerminalSizeSchema.entries,
    /** False for a client without a terminal: its size never counts. */
    sized: v.optional(v.boolean(), true),
    read_only: v.optional(v.boolean(), false),
    take: v.optional(v.boolean(), false),
    replay: v.optional(v.picklist(REPLAY_MODES), "full"),
    /** Lines above the screen that a `full` replay brings. */
    scrollback: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)), 1000),
    /** Absent: everything goes through the client. */
    terminal: v.optional(ClientTerminalSchema),
  }),
);
export type Attach = v.InferInput<typeof AttachSchema>;

export const AttachedSchema = lazily(() =>
  v.object({
    client_id: v.string(),
    owner: v.boolean(),
    session: SessionSchema,
    /** The worker reads and writes the terminal that `attach` named. */
    direct: v.optional(v.boolean(), false),
  }),
);
export type Attached = v.InferOutput<typeof AttachedSchema>;

/** Ends a replay: live output begins at this offset. */
export const LiveSchema = lazily(() => v.object({ offset: count }));

/** This client read too slowly: `skipped` bytes were dropped for it, a replay follows. */
export const BehindSchema = lazily(() => v.object({ skipped: count, offset: count }));

export const DetachedSchema = lazily(() =>
  v.object({
    reason: v.picklist(["requested", "switched"]),
    /** The session id to attach instead, when the reason is `switched`. */
    switch_to: v.optional(v.string()),
  }),
);
export type Detached = v.InferOutput<typeof DetachedSchema>;

export const ExitSchema = lazily(() =>
  v.object({
    state: v.string(),
    exit_code: v.nullable(count),
    exit_signal: v.nullable(v.string()),
  }),
);
export type Exit = v.InferOutput<typeof ExitSchema>;
