// `bide detach [SEL]`: every client of a session leaves; the session goes on.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { say, writeJson } from "../output.ts";
import { currentSession, describeSelector, takeOptionalSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const selector = takeOptionalSelector(context) ?? currentSession(context.env);
  const bide = await context.connect();
  const detached = await bide.session(selector).then(
    async (connection) => {
      const answer = await connection.request("session.detach", { client_id: null, switch_to: null });
      connection.close();
      return answer.detached;
    },
    (error) => {
      // An ended session has no client, which is what was wanted.
      if (error instanceof BideError && error.code === "session_ended") return 0;
      throw error;
    },
  );
  if (context.json) writeJson({ schema_version: 1, detached });
  else if (detached === 0) say(`nobody is attached to ${describeSelector(selector)}`);
  return 0;
};
