// list: which sessions there are.

import * as v from "valibot";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool } from "../tool.ts";

/** More would cost a model more than it can use; `all` finds thousands on an old machine. */
const MOST_SESSIONS = 100;

export const LIST = defineTool({
  name: "list",
  description: "List sessions: name, pane, state, exit code, program and directory. Live ones unless all is true.",
  input: v.strictObject({
    all: v.pipe(v.optional(v.boolean(), false), v.description("ended sessions and children too")),
    name_prefix: v.pipe(v.optional(v.string()), v.description("only names that begin so")),
  }),
  reads: true,
  async call({ all, name_prefix }, { host }) {
    const { sessions } = await host.request("session.list", { all, name_prefix });
    // The newest are what somebody is at work on.
    const shown = sessions.slice(-MOST_SESSIONS);
    const left = sessions.length - shown.length;
    const lines = shown.map(sessionLine);
    if (left > 0) lines.unshift(`(${left} older sessions left out)`);
    return { text: lines.join("\n") || "no sessions", data: { sessions: shown.map(sessionFacts), left_out: left } };
  },
});
