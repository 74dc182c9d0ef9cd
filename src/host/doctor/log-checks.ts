// Checks of what a session has stored: its journal, and its log against what the record and the journal say was
// printed. Called once per session.

import { openLog } from "../../store/output-log-reader.ts";
import { type JournalFacts, readJournalFacts } from "./journal-facts.ts";
import { type DoctorCheck, finding } from "./report.ts";
import type { SessionFacts } from "./session-facts.ts";

export function checkStored(facts: SessionFacts): DoctorCheck[] {
  const journal = readJournalFacts(facts.paths.events);
  if (!journal.ok) {
    const at = { session: facts.id, path: facts.paths.events };
    return [finding("journal_unreadable", journal.message, at), ...checkLog(facts, undefined)];
  }
  return [...checkJournal(facts, journal.value), ...checkLog(facts, journal.value)];
}

function checkJournal({ id: session, paths, workerLives }: SessionFacts, journal: JournalFacts): DoctorCheck[] {
  const at = { session, path: paths.events };
  const checks: DoctorCheck[] = [];
  if (journal.damaged > 0) {
    const message = `${paths.events}: ${journal.damaged} lines are no events any more; readers skip them`;
    checks.push(finding("journal_damaged", message, at));
  }
  // A living writer may be in the middle of a line.
  if (journal.tornBytes > 0 && !workerLives) {
    const message =
      `${paths.events}: the last ${journal.tornBytes} bytes are no whole event; ` +
      "they are kept aside when the journal is next written";
    checks.push(finding("journal_torn", message, at));
  }
  return checks;
}

function checkLog(facts: SessionFacts, journal: JournalFacts | undefined): DoctorCheck[] {
  const { id: session, name, paths, meta } = facts;
  const at = { session, path: paths.log };
  if (journal?.suspended) {
    const { offset, reason } = journal.suspended;
    const what = facts.workerLives ? "is not being stored" : "was not stored";
    return [finding("log_suspended", `output of session ${name} ${what} from offset ${offset} on: ${reason}`, at)];
  }
  const opened = openLog(paths.root);
  if (!opened.ok) return [];
  const extents = opened.value.extents();
  opened.value.dispose();
  const recorded = meta.kind === "value" ? meta.value.session.output_bytes : 0;
  const printed = Math.max(recorded, journal?.printed ?? 0);
  const end = extents.at(-1)?.end ?? 0;
  if (extents.length === 0) {
    if (printed === 0) return [];
    return [finding("log_missing", `session ${name} printed ${printed} bytes, and ${paths.log} is gone`, at)];
  }
  if (end >= recorded || !hasRecordedEnd(facts)) return [];
  if (journal !== undefined && journal.dropped > 0) {
    const why = `there was no space, nor for ${journal.dropped} events that would say so`;
    return [finding("log_suspended", `output of session ${name} was not stored from offset ${end} on: ${why}`, at)];
  }
  const message = `session ${name} printed ${recorded} bytes, and its log ends at ${end}: something cut it`;
  return [finding("log_cut", message, at)];
}

/** Only a worker that saw the program's end has stored everything first; one that was killed loses up to 50 ms. */
function hasRecordedEnd({ meta }: SessionFacts): boolean {
  return meta.kind === "value" && ["exited", "crashed"].includes(meta.value.session.state);
}
