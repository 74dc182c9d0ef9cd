// What a recording consists of, in order: text that was printed and changes of size, each with its moment. Made from
// the bytes of the log and the journal's events, page by page, so that a session of any length is never in memory.
// Used by cast-pieces.ts. The rule: every byte that is kept appears exactly once, in the order in which it was printed.

import { logPieces } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import type { JournalEvent } from "../../protocol/both-sockets.ts";
import { TmuxPassthrough } from "../../terminal/tmux-passthrough.ts";

export type Moment =
  | { readonly kind: "text"; readonly ms: number; readonly text: string }
  | { readonly kind: "size"; readonly ms: number; readonly cols: number; readonly rows: number }
  /** The program ended; a restarted session has several. */
  | { readonly kind: "exit"; readonly ms: number; readonly code: number };

const PAGE = 1000;

/**
 * `ms`: since 1970 and never less than before, as the journal has it: what is printed within 50 ms shares one moment.
 * Ends with what was printed when it was called.
 */
export async function* timeline(recorded: RecordedSession): AsyncGenerator<Moment> {
  const { start, end } = await recorded.readLog(0, 0);
  // Asking for the log made the worker tell of its last bytes, so this is the event that they are in, or a later one.
  const last = (await recorded.readEvents({ tail: 1 })).events.at(-1)?.seq ?? 0;
  const text = new PrintedText(recorded, start);
  let ms = 0;
  for (let seq = 0; seq < last; ) {
    const { events } = await recorded.readEvents({ after_seq: seq, max: PAGE });
    for (const event of events) {
      // A wall clock may be set back.
      ms = Math.max(ms, Date.parse(event.time));
      // What was printed before the size changed belongs before it, though its own event comes later.
      const before = printedBy(event);
      if (before !== undefined) yield* text.upTo(Math.min(before, end), ms);
      const moment = momentOf(event, ms);
      if (moment !== undefined) yield moment;
    }
    seq = events.at(-1)?.seq ?? last;
  }
  // Bytes that no event tells of: the disk of the journal was full.
  yield* text.upTo(end, ms);
  yield* text.rest(ms);
}

/** One past the last byte that was certainly printed when the event was written. */
function printedBy({ event, offset, length }: JournalEvent): number | undefined {
  if (typeof offset !== "number") return undefined;
  if (event === "output") return typeof length === "number" ? offset + length : undefined;
  return event === "resized" || event === "exited" ? offset : undefined;
}

function momentOf(event: JournalEvent, ms: number): Moment | undefined {
  const { rows, cols, exit_code } = event;
  const sized = event.event === "started" || event.event === "resized";
  if (sized && typeof rows === "number" && typeof cols === "number") return { kind: "size", ms, cols, rows };
  return event.event === "exited" && typeof exit_code === "number" ? { kind: "exit", ms, code: exit_code } : undefined;
}

/** The log as text, forwards. A character that is cut between two moments belongs to the later one. */
class PrintedText {
  readonly #recorded: RecordedSession;
  readonly #passthrough = new TmuxPassthrough();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #at: number;

  constructor(recorded: RecordedSession, from: number) {
    this.#recorded = recorded;
    this.#at = from;
  }

  async *upTo(to: number, ms: number): AsyncGenerator<Moment> {
    if (to <= this.#at) return;
    const from = this.#at;
    this.#at = to;
    for await (const { bytes } of logPieces(this.#recorded, { from, to })) {
      const text = this.#decoder.decode(this.#passthrough.unwrap(bytes), { stream: true });
      if (text !== "") yield { kind: "text", ms, text };
    }
  }

  /** An unfinished character at the very end. */
  *rest(ms: number): Generator<Moment> {
    const text = this.#decoder.decode(this.#passthrough.flush());
    if (text !== "") yield { kind: "text", ms, text };
  }
}
