// wait: until something happens in a session, or for at most ten minutes: clients give up on a silent server before that.

import * as v from "valibot";
import { BideError } from "../../base/errors.ts";
import type { WaitCondition } from "../../client/wait/condition.ts";
import { visible } from "../../terminal/visible.ts";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool, SESSION, seconds } from "../tool.ts";

const MOST_SECONDS = 600;
/** Under the 60 seconds after which common clients call a tool hung. */
const DEFAULT_SECONDS = 50;

const INPUT = v.strictObject({
  session: SESSION,
  until: v.pipe(
    v.optional(v.picklist(["exit", "task", "prompt", "contains", "regex", "stable", "idle", "state"]), "exit"),
    v.description(
      "exit: it has ended; task: what run gave its shell has finished; prompt: its shell is at the prompt; stable: the screen is still; idle: nothing is printed; the others need their value",
    ),
  ),
  text: v.pipe(
    v.optional(v.string()),
    v.description("contains: the text; regex: the expression, matched line by line"),
  ),
  cursor: v.pipe(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    v.description("contains, regex: look from this cursor of logs on, instead of on the screen and what follows"),
  ),
  for: seconds(MOST_SECONDS, "stable, idle: for how long; 1 unless given"),
  state: v.pipe(
    v.optional(v.string()),
    v.description("state: running, exited, ..., or an agent's working, blocked, idle, done"),
  ),
  timeout: seconds(MOST_SECONDS, `give up after; ${DEFAULT_SECONDS} unless given`),
});

export const WAIT = defineTool({
  name: "wait",
  description:
    "Wait until something happens in a session; sees what happened before. Answers matched, or timed_out (ask again), or " +
    "ended when it never can happen because the session is over.",
  input: INPUT,
  reads: true,
  async call(args, { host, signal }) {
    const { timeout = DEFAULT_SECONDS } = args;
    const condition = conditionOf(args);
    const options = { timeoutMs: Math.round(timeout * 1000), signal };
    const outcome = await host.use((bide) => bide.wait(args.session, condition, options));
    const { matched, timedOut, ended, elapsedMs, session, line } = outcome;
    const how = matched ? "matched" : timedOut ? "timed out" : "ended before";
    const found = line === null ? "" : `\n${visible(line)}`;
    return {
      text: `${how} after ${(elapsedMs / 1000).toFixed(1)} s: ${sessionLine(session)}${found}`,
      data: {
        matched,
        timed_out: timedOut,
        ended,
        elapsed_ms: elapsedMs,
        line: line === null ? null : visible(line),
        cursor: outcome.offset,
        ...(outcome.task && { command: outcome.task.seq, exit_code: outcome.task.exitCode }),
        session: sessionFacts(session),
      },
    };
  },
});

function conditionOf({ until, text, cursor, for: still = 1, state }: v.InferOutput<typeof INPUT>): WaitCondition {
  const forMs = Math.round(still * 1000);
  const from = cursor === undefined ? {} : { fromOffset: cursor };
  switch (until) {
    case "contains":
      return { until, text: given(text, "text"), ...from };
    case "regex":
      return { until, pattern: given(text, "text"), ...from };
    case "state":
      return { until, state: given(state, "state") };
    case "stable":
    case "idle":
      return { until, forMs };
    case "exit":
    case "task":
    case "prompt":
      // Whoever gives a text and forgets what to do with it does not mean the end of the program.
      if (text !== undefined) throw new BideError("usage", "text needs until contains or regex");
      return { until };
  }
}

function given(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new BideError("usage", `until ${name === "text" ? "contains and regex need text" : "state needs state"}`);
}
