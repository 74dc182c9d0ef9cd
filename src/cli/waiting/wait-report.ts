// What `wait` and `watch` say: one object of JSON (the command line page, "JSON shapes"), or a sentence for each
// session on standard error and what was found on standard output. The exit codes are here too.

import { ERRORS } from "../../base/errors.ts";
import type { WaitCondition, WaitOutcome } from "../../client/index.ts";
import type { Session } from "../../protocol/session.ts";
import { visible } from "../../terminal/visible.ts";
import { commandObject } from "../running/command-object.ts";
import { exitCodeOf } from "../session-exit-code.ts";
import { stateText } from "../session-text.ts";
import { conditionName } from "./wait-flags.ts";
import type { WaitedFor } from "./wait-sessions.ts";

/** `condition`: the words of conditionText. */
export function outcomeText({ matched, timedOut, session, match, task }: WaitOutcome, condition: string): string {
  const name = visible(session.name);
  if (task !== null)
    return `${name} finished ${JSON.stringify(visible(task.text))}: exit ${task.exitCode ?? "unknown"}`;
  if (timedOut) return `${name}: timed out before it ${condition}`;
  if (!matched) return `${name} ended (${stateText(session)}) before it ${condition}`;
  if (match !== null) return `${name} printed ${JSON.stringify(visible(match))}`;
  if (condition.startsWith("was ")) return `${name} is ${condition.slice(4)}`;
  return condition === "ended" ? `${name} ended: ${stateText(session)}` : `${name} ${condition}`;
}

export interface WaitJson {
  readonly condition: WaitCondition;
  readonly tails: ReadonlyMap<string, readonly string[]> | undefined;
  /** The command named one session. */
  readonly one: boolean;
  readonly elapsedMs: number;
}

export function waitJson(
  { outcomes, matched, timedOut }: WaitedFor,
  { condition, tails, one, elapsedMs }: WaitJson,
): unknown {
  const tailOf = (session: Session) => tails && { tail: tails.get(session.session_id) ?? [] };
  const [first] = outcomes;
  if (first === undefined)
    return { schema_version: 1, matched, timed_out: timedOut, condition: conditionName(condition, undefined) };
  // The session that decided: the one that matched, or that never will.
  const decisive = outcomes.find((outcome) => outcome.matched === matched) ?? first;
  const { session, match, line, offset, ended, task } = decisive;
  const common = {
    schema_version: 1,
    matched,
    timed_out: timedOut,
    ended,
    condition: conditionName(condition, decisive),
    elapsed_ms: elapsedMs,
  };
  if (one) return { ...common, session, match, line, offset, task: task && commandObject(task), ...tailOf(session) };
  return {
    ...common,
    session,
    match,
    results: outcomes.map((outcome) => ({
      matched: outcome.matched,
      timed_out: outcome.timedOut,
      ended: outcome.ended,
      elapsed_ms: outcome.elapsedMs,
      session: outcome.session,
      match: outcome.match,
      line: outcome.line,
      offset: outcome.offset,
      task: outcome.task && commandObject(outcome.task),
      ...tailOf(outcome.session),
    })),
  };
}

/** `ofProgram`: the code of the program or run that ended (of the first that failed) instead of 0. */
export function waitExitCode({ outcomes, matched, timedOut }: WaitedFor, ofProgram: boolean): number {
  if (!matched) return timedOut ? ERRORS.timed_out.exit : 1;
  if (!ofProgram) return 0;
  const codes = outcomes.map(({ session, task }) => (task === null ? exitCodeOf(session) : (task.exitCode ?? 1)));
  return codes.find((code) => code !== 0) ?? 0;
}
