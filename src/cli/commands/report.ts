// `bide report STATE [SEL]`: what the agent in a session is doing, said by the agent or its hooks.

import { BideError } from "../../base/errors.ts";
import { AGENT_STATES } from "../../protocol/session-state.ts";
import type { Command } from "../command.ts";
import { currentSession, takeOptionalSelector } from "../selector.ts";
import { writeSession } from "../session-output.ts";

export const run: Command = async ({ flags, json, env, positionals, connect }) => {
  const [word = "", ...named] = positionals;
  const state = AGENT_STATES.find((one) => one === word) ?? null;
  if (state === null && word !== "none") {
    throw new BideError("bad_value", `STATE is one of ${AGENT_STATES.join(", ")}, none, got ${JSON.stringify(word)}`);
  }
  const selector = takeOptionalSelector({ flags, env, positionals: named }) ?? currentSession(env);
  const bide = await connect();
  const connection = await bide.session(selector);
  try {
    const { session } = await connection.request("agent.report", { state, reason: flags.text("reason") ?? "" });
    if (json) writeSession(session);
    return 0;
  } finally {
    connection.close();
  }
};
