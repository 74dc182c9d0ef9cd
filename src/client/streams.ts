// The output and the events of a session as async iterators: from any point, to the end, over the death of a connection,
// of the host and of the worker, without loss or repeat. Bide.output and Bide.events give them to programs.

import type { JournalEvent } from "../protocol/both-sockets.ts";
import type { Selector } from "../protocol/host-messages.ts";
import { logPieces } from "./log-pieces.ts";
import { FOLLOW_WAIT_MS, type HostSource, RecordedSession } from "./recorded-session.ts";

export interface OutputOptions {
  /** Offset in bytes from the session's first byte, or `end` for what is printed from now on; default 0. */
  readonly from?: number | "end";
  /** Go on until the session has ended; default true. Without it: to what has been printed by now. */
  readonly follow?: boolean;
  /** Aborted: the iterator throws the signal's reason, also while nothing is printed. */
  readonly signal?: AbortSignal;
}

export interface OutputPiece {
  /** Of the first byte, counted in bytes from the session's first. */
  readonly offset: number;
  /** As the program printed them, cut anywhere. */
  readonly bytes: Uint8Array;
  /** How many bytes before `offset` are not there any more (retention, a full disk); mostly 0. */
  readonly missingBytes: number;
}

export interface EventsOptions {
  /** Events with a greater number; default 0, which is all of them. */
  readonly afterSeq?: number;
  /** Go on until the session has ended; default true. */
  readonly follow?: boolean;
  /** Aborted: the iterator throws the signal's reason, also while nothing happens. */
  readonly signal?: AbortSignal;
}

/** Events of one question: small enough for a frame. */
const PAGE = 1000;

export async function* readOutput(
  source: HostSource,
  selector: Selector,
  { from = 0, follow = true, signal }: OutputOptions,
): AsyncGenerator<OutputPiece> {
  signal?.throwIfAborted();
  const recorded = await RecordedSession.open(source, selector);
  const unlisten = closeAt(signal, recorded);
  try {
    signal?.throwIfAborted();
    const { start, end } = await recorded.readLog(0, 0);
    let at = from === "end" ? end : from;
    // What was gone before anybody asked for it is no gap in what is read from the start.
    if (from === 0) at = start;
    for await (const { offset, bytes } of logPieces(recorded, { from: at, follow, ...(!follow && { to: end }) })) {
      yield { offset, bytes, missingBytes: offset - at };
      at = offset + bytes.length;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    unlisten();
    recorded.close();
  }
}

export async function* readEvents(
  source: HostSource,
  selector: Selector,
  { afterSeq = 0, follow = true, signal }: EventsOptions,
): AsyncGenerator<JournalEvent> {
  signal?.throwIfAborted();
  const recorded = await RecordedSession.open(source, selector);
  const unlisten = closeAt(signal, recorded);
  try {
    signal?.throwIfAborted();
    for (let seq = afterSeq; ; ) {
      const request = { after_seq: seq, max: PAGE, wait_ms: follow ? FOLLOW_WAIT_MS : 0 };
      const { events, ended } = await recorded.readEvents(request);
      yield* events;
      seq = events.at(-1)?.seq ?? seq;
      if (events.length === 0 && (ended || !follow)) return;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    unlisten();
    recorded.close();
  }
}

/** A reader that waits for what comes next is woken by the end of its connection. */
function closeAt(signal: AbortSignal | undefined, recorded: RecordedSession): () => void {
  const close = () => recorded.close();
  signal?.addEventListener("abort", close, { once: true });
  return () => signal?.removeEventListener("abort", close);
}
