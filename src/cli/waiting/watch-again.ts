// `watch --repeat`: one session, watched until it has ended or the time is over: every line that fits, or a state
// each time that it is entered.

import type { WaitCondition, WaitOptions, WaitOutcome } from "../../client/index.ts";
import { waitFor } from "../../client/wait/wait-for.ts";
import type { Session } from "../../protocol/session.ts";
import type { CommandContext } from "../command.ts";

export interface WatchAgainOptions {
  readonly timeoutMs?: number;
  readonly each: (outcome: WaitOutcome) => Promise<void>;
}

/** The end of the session, or of the time, is the end of the watch. */
export async function watchAgain(
  context: Pick<CommandContext, "connect">,
  { session_id }: Session,
  condition: WaitCondition,
  { timeoutMs, each }: WatchAgainOptions,
): Promise<void> {
  const began = performance.now();
  const elapsed = () => Math.round(performance.now() - began);
  const wait = (until: WaitCondition, more: WaitOptions = {}) => {
    const limit = timeoutMs === undefined ? {} : { timeoutMs: Math.max(0, timeoutMs - elapsed()) };
    return waitFor(context, { text: session_id }, until, { ...limit, ...more });
  };
  if (condition.until !== "state") {
    await wait(condition, {
      each: (found, session) =>
        each({ matched: true, timedOut: false, ended: false, elapsedMs: elapsed(), session, task: null, ...found }),
    });
    return;
  }
  for (;;) {
    const entered = await wait(condition);
    if (!entered.matched) return;
    await each(entered);
    const { state, agent_state } = entered.session;
    const held = [condition.state].flat().filter((wanted) => wanted === state || wanted === agent_state);
    const left = await wait({ ...condition, state: held, not: true });
    if (!left.matched || left.session.ended_at !== null) return;
  }
}
