// `bide watch SEL...`: as `wait`, and does something about it: tells a person, runs a command; with --repeat again
// and again, until the sessions have ended.

import { BideError } from "../../base/errors.ts";
import type { WaitOutcome } from "../../client/index.ts";
import { askHost } from "../../client/recorded-session.ts";
import type { Command } from "../command.ts";
import { notify } from "../notification.ts";
import { say, writeJson, writeLine } from "../output.ts";
import { meansOne, takeSelectors } from "../selector.ts";
import { runOnMatch } from "../waiting/run-on-match.ts";
import { conditionName, conditionOf, conditionText } from "../waiting/wait-flags.ts";
import { outcomeText, waitExitCode, waitJson } from "../waiting/wait-report.ts";
import { type WaitedFor, waitForSessions } from "../waiting/wait-sessions.ts";
import { watchAgain } from "../waiting/watch-again.ts";

export const run: Command = async (context) => {
  const { flags, json, env } = context;
  const condition = conditionOf(flags);
  const timeoutMs = flags.duration("timeout");
  const repeat = flags.has("repeat");
  if (repeat && !["contains", "regex", "state"].includes(condition.until)) {
    throw new BideError("usage", "--repeat goes with --contains, --regex or --state");
  }
  const selectors = takeSelectors(context);
  const words = conditionText(condition, flags);
  let commandFailed = false;
  const showLine = ({ line }: WaitOutcome) => {
    if (!json && line !== null) writeLine(line);
  };
  /** What is to be done is done also when nobody reads what `show` writes; then that ends the watch. */
  const act = async (outcome: WaitOutcome, show: (outcome: WaitOutcome) => void) => {
    const text = outcomeText(outcome, words);
    if (!json) say(text);
    let unread: unknown;
    try {
      show(outcome);
    } catch (error) {
      unread = error;
    }
    const title = `bide: ${outcome.session.name}`;
    if (flags.has("notify")) await notify({ title, body: text }, env, { dataOut: true });
    const command = flags.text("exec");
    if (command !== undefined && outcome.matched) {
      const code = await runOnMatch(command, outcome, conditionName(condition, outcome), env);
      if (code !== 0) say(`bide: ${JSON.stringify(command)} ended with ${code}`);
      commandFailed ||= code !== 0;
    }
    if (unread !== undefined) throw unread;
  };
  const began = performance.now();
  const report = (waited: WaitedFor) => {
    const elapsedMs = Math.round(performance.now() - began);
    if (json) writeJson(waitJson(waited, { condition, tails: undefined, one: meansOne(selectors), elapsedMs }));
  };
  const { sessions } = await askHost(context, (bide) =>
    bide.request("session.resolve_many", { selectors: [...selectors] }),
  );
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  if (repeat) {
    const each = (outcome: WaitOutcome) =>
      act(outcome, (matched) => {
        report({ outcomes: [matched], matched: true, timedOut: false });
        showLine(matched);
      });
    await Promise.all(sessions.map((session) => watchAgain(context, session, condition, { ...limit, each })));
    return commandFailed ? 1 : 0;
  }
  const each = (outcome: WaitOutcome) => act(outcome, showLine);
  const waited = await waitForSessions(context, sessions, condition, { ...limit, any: flags.has("any"), each });
  report(waited);
  return waitExitCode(waited, flags.has("exit-code")) || (commandFailed ? 1 : 0);
};
