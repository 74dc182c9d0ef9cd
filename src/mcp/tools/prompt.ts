// prompt: gives a task to another agent that runs in a session.

import * as v from "valibot";
import { visible } from "../../terminal/visible.ts";
import { sessionLine } from "../session-facts.ts";
import { defineTool, SESSION, seconds } from "../tool.ts";

export const PROMPT = defineTool({
  name: "prompt",
  description:
    "Submit a prompt to a program with a composer (another agent) and verify it: submitted, left-as-draft (the text is " +
    "still in the composer) or blocked (it asks something: look at the screen).",
  input: v.strictObject({
    session: SESSION,
    text: v.pipe(v.string(), v.minLength(1)),
    force: v.pipe(v.optional(v.boolean(), false), v.description("even while somebody else owns input")),
    timeout: seconds(120, "give up after; 30 unless given"),
  }),
  reads: false,
  async call({ session: text, text: prompt, force, timeout = 30 }, { host }) {
    const bide = await host.connect();
    const { result, reason, enters, session } = await bide.prompt(text, prompt, { force, timeoutMs: timeout * 1000 });
    const why = reason === null ? "" : ` (${visible(reason)})`;
    return { text: `${result}${why}: ${sessionLine(session)}`, data: { result, reason, enters } };
  },
});
