// Waits for several sessions at once: for all of them, or with `any` for the first. The verbs `wait` and `watch`.

import type { WaitCondition, WaitOutcome } from "../../client/index.ts";
import { waitFor } from "../../client/wait/wait-for.ts";
import type { Session } from "../../protocol/session.ts";
import type { CommandContext } from "../command.ts";

export interface WaitedFor {
  /** One for each session, in their order; with `any` only that of the first to match, if one did. */
  readonly outcomes: readonly WaitOutcome[];
  readonly matched: boolean;
  readonly timedOut: boolean;
}

export interface WaitSessionsOptions {
  readonly timeoutMs?: number;
  readonly any: boolean;
  /** Told of each session as it is decided. */
  readonly each?: (outcome: WaitOutcome) => Promise<void>;
}

/** @throws BideError of a session whose worker died, once nothing else can decide; and what `each` throws. */
export async function waitForSessions(
  context: Pick<CommandContext, "connect">,
  sessions: readonly Session[],
  condition: WaitCondition,
  { any, timeoutMs, each }: WaitSessionsOptions,
): Promise<WaitedFor> {
  const decided = new AbortController();
  const waits = sessions.map(async ({ session_id }) => {
    const options = { signal: decided.signal, ...(timeoutMs !== undefined && { timeoutMs }) };
    const outcome = await waitFor(context, { text: session_id }, condition, options);
    await each?.(outcome);
    return outcome;
  });
  for (const wait of waits) wait.catch(() => {});
  try {
    if (any) return await firstMatch(waits);
    return await allOf(waits);
  } finally {
    decided.abort();
  }
}

async function firstMatch(waits: readonly Promise<WaitOutcome>[]): Promise<WaitedFor> {
  const matching = waits.map(async (wait) => {
    const outcome = await wait;
    if (!outcome.matched) throw new NotMatched();
    return outcome;
  });
  const first = await Promise.any(matching).catch(() => undefined);
  if (first !== undefined) return { outcomes: [first], matched: true, timedOut: false };
  const outcomes = await settled(waits);
  return { outcomes, matched: false, timedOut: outcomes.some((outcome) => outcome.timedOut) };
}

/** As soon as one session can never match, all of them never will. */
async function allOf(waits: readonly Promise<WaitOutcome>[]): Promise<WaitedFor> {
  const hopeless = waits.map(async (wait) => {
    const outcome = await wait;
    if (!outcome.ended) throw new NotMatched();
    return outcome;
  });
  const ended = Promise.any(hopeless).catch(() => undefined);
  const outcomes = await Promise.race([settled(waits), ended.then((one) => (one ? [one] : settled(waits)))]);
  const matched = outcomes.every((outcome) => outcome.matched);
  return { outcomes, matched, timedOut: outcomes.some((outcome) => outcome.timedOut) };
}

/** All outcomes; the first failure is thrown when every wait is over. */
async function settled(waits: readonly Promise<WaitOutcome>[]): Promise<WaitOutcome[]> {
  const outcomes: WaitOutcome[] = [];
  for (const wait of await Promise.allSettled(waits)) {
    if (wait.status === "fulfilled") outcomes.push(wait.value);
    else throw wait.reason;
  }
  return outcomes;
}

/** Only to tell Promise.any to go on. */
class NotMatched extends Error {}
