// `bide wait SEL...`: returns when a condition holds for all of the sessions, or with --any for one of them.

import { askHost } from "../../client/recorded-session.ts";
import type { Command, CommandContext } from "../command.ts";
import { say, writeJson, writeLine } from "../output.ts";
import { meansOne, takeSelectors } from "../selector.ts";
import { lastLines } from "../waiting/last-lines.ts";
import { conditionOf, conditionText } from "../waiting/wait-flags.ts";
import { outcomeText, waitExitCode, waitJson } from "../waiting/wait-report.ts";
import { type WaitedFor, waitForSessions } from "../waiting/wait-sessions.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const condition = conditionOf(flags);
  const timeoutMs = flags.duration("timeout");
  const tail = flags.integer("tail", 0);
  const selectors = takeSelectors(context);
  const began = performance.now();
  const { sessions } = await askHost(context, (bide) =>
    bide.request("session.resolve_many", { selectors: [...selectors] }),
  );
  const waited = await waitForSessions(context, sessions, condition, {
    any: flags.has("any"),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const tails = tail === undefined ? undefined : await tailsOf(context, waited, tail);
  if (json) {
    const elapsedMs = Math.round(performance.now() - began);
    writeJson(waitJson(waited, { condition, tails, one: meansOne(selectors), elapsedMs }));
  } else {
    const words = conditionText(condition, flags);
    for (const outcome of waited.outcomes) {
      say(outcomeText(outcome, words));
      if (outcome.line !== null) writeLine(outcome.line);
      for (const line of tails?.get(outcome.session.session_id) ?? []) writeLine(line);
    }
  }
  return waitExitCode(waited, flags.has("exit-code"));
};

async function tailsOf(context: CommandContext, { outcomes }: WaitedFor, count: number) {
  const tails = new Map<string, readonly string[]>();
  for (const { session } of outcomes) tails.set(session.session_id, await lastLines(context, session, count));
  return tails;
}
