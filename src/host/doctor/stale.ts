// Which sessions are only a record any more: recorded live or lost, with no process left that could be theirs. The
// one definition for the finding that says "repairable" and for the repair that acts on it.

import { livingRecorded, type SessionFacts } from "./session-facts.ts";

/** Recorded live, or lost: the states that a session is only in until somebody looks after it. */
export function isUnsettled({ meta, recordedLive }: SessionFacts): boolean {
  return recordedLive || (meta.kind === "value" && meta.value.session.state === "lost");
}

/** Pids of everything alive that belongs, or may belong, to the session; `leftBehind` as left-behind.ts found it. */
export function livingOf(facts: SessionFacts, leftBehind: readonly number[]): number[] {
  return [...new Set([...livingRecorded(facts), ...leftBehind])];
}
