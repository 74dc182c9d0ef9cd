// status: one session.

import * as v from "valibot";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool, SESSION } from "../tool.ts";

export const STATUS = defineTool({
  name: "status",
  description: "Tell the state of one session, live or ended: running or how it ended, exit code, agent state, title.",
  input: v.strictObject({ session: SESSION }),
  reads: true,
  async call({ session: text }, { host }) {
    const { session } = await host.request("session.resolve", { selector: { text }, fresh: true });
    return { text: sessionLine(session), data: { session: sessionFacts(session) } };
  },
});
