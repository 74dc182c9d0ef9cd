// stop: ends a session's program; its record stays.

import * as v from "valibot";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool, SESSION } from "../tool.ts";

export const STOP = defineTool({
  name: "stop",
  description:
    "End a session's program and everything it left behind: Ctrl-C, hang-up, terminate, kill, each after a grace. With " +
    "kill at once. Returns when it is down; logs and exit code stay readable.",
  input: v.strictObject({
    session: SESSION,
    kill: v.pipe(v.optional(v.boolean(), false), v.description("at once, without asking the program first")),
  }),
  reads: false,
  destroys: true,
  async call({ session: text, kill }, { host }) {
    const selectors = [{ text }];
    const { sessions } = kill
      ? await host.request("session.kill", { selectors })
      : await host.request("session.stop", { selectors });
    return { text: sessions.map(sessionLine).join("\n"), data: { sessions: sessions.map(sessionFacts) } };
  },
});
