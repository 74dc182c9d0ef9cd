// Reads a page of a session's events the way the protocol asks for it: the last ones, or those after a number.
// Called by the worker for a live session and by the host for an ended one.

import { ok, type Result } from "../base/result.ts";
import { journalPages, positionOfSeq, tailJournal } from "./journal-reader.ts";
import type { JournalRecord } from "./journal-record.ts";

export interface EventsPage {
  /** Events with a greater number; 0 for all. */
  readonly after_seq: number;
  /** The last so many instead. */
  readonly tail: number | null;
  /** At most so many. */
  readonly max: number;
}

/** Records as a writer of events stored them: `seq`, `time`, `event` and the keys of the event. */
export function readEventsPage(path: string, { after_seq, tail, max }: EventsPage): Result<StoredEvent[]> {
  if (tail !== null) {
    const last = tailJournal(path, Math.min(tail, max));
    return last.ok ? ok(last.value.records.filter(isEvent)) : last;
  }
  const start = positionOfSeq(path, after_seq + 1);
  if (!start.ok) return start;
  const events: StoredEvent[] = [];
  for (const page of journalPages(path, start.value)) {
    if (!page.ok) return page;
    events.push(...page.value.records.filter(isEvent));
    if (events.length >= max) break;
  }
  return ok(events.slice(0, max));
}

export type StoredEvent = JournalRecord & { readonly time: string; readonly event: string };

function isEvent(record: JournalRecord): record is StoredEvent {
  return typeof record.time === "string" && typeof record.event === "string";
}
