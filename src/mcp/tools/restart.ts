// restart: an ended session starts again, as the one it was.

import * as v from "valibot";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool, SESSION } from "../tool.ts";

export const RESTART = defineTool({
  name: "restart",
  description:
    "Start the program of an ended session again: same id, name, arguments, directory and environment; its log goes on.",
  input: v.strictObject({ session: SESSION }),
  reads: false,
  async call({ session: text }, { host }) {
    const { session } = await host.request("session.restart", { selector: { text } });
    return { text: sessionLine(session), data: { session: sessionFacts(session) } };
  },
});
