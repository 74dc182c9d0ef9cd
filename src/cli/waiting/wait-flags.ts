// The flags of `wait` and `watch` as a condition, with the words that tell of it.

import { BideError } from "../../base/errors.ts";
import type { WaitCondition } from "../../client/index.ts";
import { AGENT_STATES, SESSION_STATES } from "../../protocol/session-state.ts";
import type { FlagSpec } from "../command.ts";
import type { Flags } from "../flags.ts";

/** Each names a condition, at most one of them is given. */
export const CONDITION_FLAGS: readonly FlagSpec[] = [
  { name: "exit", help: "until the program has ended (the default)" },
  { name: "contains", value: "TEXT", help: "until a line or the screen holds TEXT" },
  { name: "regex", value: "RE", help: "until a line or a row of the screen fits a regular expression" },
  { name: "stable", value: "D", help: "until no cell of the screen has changed for D" },
  { name: "idle", value: "D", help: "until nothing was printed for D" },
  {
    name: "state",
    value: "S",
    choices: [...SESSION_STATES, ...AGENT_STATES],
    help: "until the session, or the agent in it, is in a state",
  },
];

/** @throws BideError `usage` when flags exclude each other; `bad_duration`, `bad_value`. */
export function conditionOf(flags: Flags): WaitCondition {
  const given = CONDITION_FLAGS.map(({ name }) => name).filter((name) => flags.has(name));
  if (given.length > 1) throw new BideError("usage", `--${given.join(" and --")} exclude each other`);
  const [until = "exit"] = given;
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
      // The parser has checked that it is one of the choices.
      return { until, state: text as (WaitCondition & { until: "state" })["state"] };
    default:
      return { until: "exit" };
  }
}

/** What has happened when it holds: `printed "READY"`, `was idle for 2s`. */
export function conditionText(condition: WaitCondition, flags: Flags): string {
  switch (condition.until) {
    case "exit":
      return "ended";
    case "contains":
      return `printed ${JSON.stringify(condition.text)}`;
    case "regex":
      return `printed what fits ${JSON.stringify(condition.pattern)}`;
    case "stable":
      return `had a still screen for ${flags.text("stable")}`;
    case "idle":
      return `was idle for ${flags.text("idle")}`;
    case "state":
      return `was ${condition.state}`;
  }
}
