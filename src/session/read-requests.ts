// `log.read` and `events.read`: what was recorded, by offset and by number, with an optional wait for more.
// Followers come here; nobody is pushed the history of a session.

import { type Disposable, timeout } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import type { JournalEvent, LogReadResult } from "../protocol/both-sockets.ts";
import { MAX_READ_BYTES } from "../protocol/limits.ts";
import { readEventsPage } from "../store/journal-page.ts";
import { openLog } from "../store/output-log-reader.ts";
import type { Session } from "./session.ts";

interface LogReadParams {
  readonly offset: number;
  readonly max: number;
  readonly wait_ms: number;
}

export async function readLog(
  session: Session,
  { offset, max, wait_ms }: LogReadParams,
): Promise<{ result: LogReadResult; bytes: Uint8Array }> {
  if (offset >= session.recorder.offset && wait_ms > 0 && !session.ended) {
    await within(wait_ms, (run) => session.recorder.whenOutput(run));
  }
  session.recorder.flush();
  const log = unwrap(openLog(session.paths.root));
  try {
    const read = unwrap(log.read(offset, Math.min(max, MAX_READ_BYTES)));
    // What could not be stored (a full disk) is passed over, so that a reader does not ask for it for ever.
    const end = session.recorder.offset;
    const next = read.bytes.length > 0 ? read.next : Math.max(offset, log.end < end ? end : offset);
    const result = { offset: read.offset, next, start: log.start, end, ended: session.ended };
    return { result, bytes: read.bytes };
  } finally {
    log.dispose();
  }
}

interface EventsReadParams {
  readonly after_seq: number;
  readonly tail: number | null;
  readonly max: number;
  readonly wait_ms: number;
}

export async function readEvents(
  session: Session,
  params: EventsReadParams,
): Promise<{ events: JournalEvent[]; ended: boolean }> {
  if (params.tail === null && params.after_seq >= session.journal.seq && params.wait_ms > 0 && !session.ended) {
    await within(params.wait_ms, (run) => session.journal.whenEvent(run));
  }
  return { events: unwrap(readEventsPage(session.paths.events, params)), ended: session.ended };
}

/** Resolves when `listen` calls back, or when the time is over. */
function within(waitMs: number, listen: (run: () => void) => Disposable): Promise<void> {
  return new Promise((resolve) => {
    const timer = timeout(Math.min(waitMs, MOST_WAIT_MS), () => {
      listening.dispose();
      resolve();
    });
    const listening = listen(() => {
      timer.dispose();
      resolve();
    });
  });
}

/** A follower that waits longer asks again; its connection may be long gone. */
const MOST_WAIT_MS = 60_000;
