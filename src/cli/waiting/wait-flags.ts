// The flags of `wait` and `watch` as a condition, with the words that tell of it.

import { BideError } from "../../base/errors.ts";
import type { WaitCondition, WaitOutcome, WaitState } from "../../client/index.ts";
import { AGENT_STATES, SESSION_STATES } from "../../protocol/session-state.ts";
import type { FlagSpec } from "../command.ts";
import type { Flags } from "../flags.ts";

/** Each names a condition, at most one of them is given. */
export const CONDITION_FLAGS: readonly FlagSpec[] = [
  { name: "exit", help: "until the program has ended (the default while no run is under way)" },
  { name: "task", help: "until what `bide run` gave the shell has finished (the default while a run is under way)" },
  { name: "contains", value: "TEXT", help: "until a line or the screen holds TEXT" },
  { name: "regex", value: "RE", help: "until a line or a row of the screen fits a regular expression" },
  { name: "stable", value: "D", help: "until no cell of the screen has changed for D" },
  { name: "idle", value: "D", help: "until nothing was printed for D" },
  { name: "prompt", help: "until the shell is at its prompt" },
  {
    name: "state",
    value: "S",
    repeatable: true,
    choices: [...SESSION_STATES, ...AGENT_STATES],
    help: "until the session, or the agent in it, is in a state; several: in one of them",
  },
];

/** @throws BideError `usage` when flags exclude each other; `bad_duration`, `bad_value`. */
export function conditionOf(flags: Flags): WaitCondition {
  const given = CONDITION_FLAGS.map(({ name }) => name).filter((name) => flags.has(name));
  if (given.length > 1) throw new BideError("usage", `--${given.join(" and --")} exclude each other`);
  const [until = "default"] = given;
  const fromOffset = flags.integer("from", 0);
  if (fromOffset !== undefined && until !== "contains" && until !== "regex") {
    throw new BideError("usage", "--from goes with --contains or --regex");
  }
  const text = flags.text(until) ?? "";
  switch (until) {
    case "contains":
      return { until, text, ...(fromOffset !== undefined && { fromOffset }) };
    case "regex":
      return { until, pattern: text, ...(fromOffset !== undefined && { fromOffset }) };
    case "stable":
    case "idle":
      return { until, forMs: flags.duration(until) ?? 0 };
    case "state":
      // The parser has checked that each is one of the choices.
      return { until, state: flags.all("state") as WaitState[] };
    case "exit":
    case "prompt":
    case "task":
      return { until };
    default:
      return { until: "task", orExit: true };
  }
}

/** What has happened when it holds: `printed "READY"`, `was idle for 2s`. */
export function conditionText(condition: WaitCondition, flags: Flags): string {
  switch (condition.until) {
    case "exit":
      return "ended";
    case "task":
      return condition.orExit ? "ended" : "finished its run";
    case "prompt":
      return "came to its prompt";
    case "contains":
      return `printed ${JSON.stringify(condition.text)}`;
    case "regex":
      return `printed what fits ${JSON.stringify(condition.pattern)}`;
    case "stable":
      return `had a still screen for ${flags.text("stable")}`;
    case "idle":
      return `was idle for ${flags.text("idle")}`;
    case "state":
      return `was ${[condition.state].flat().join(" or ")}`;
  }
}

/**
 * As JSON and the environment of `watch --exec` call it; without a condition what was waited for in the end, `default`
 * when that never showed.
 */
export function conditionName(condition: WaitCondition, outcome: WaitOutcome | undefined): string {
  if (condition.until !== "task" || !condition.orExit) return condition.until;
  if (outcome === undefined || outcome.timedOut) return "default";
  return outcome.task === null ? "exit" : "task";
}
