// `bide rename SEL NEW`: another name for a session; its program goes on.

import type { Command } from "../command.ts";
import { takeSelector } from "../selector.ts";
import { writeSession } from "../session-output.ts";

export const run: Command = async (context) => {
  const { selector, rest } = takeSelector(context);
  const [name = ""] = rest;
  const bide = await context.connect();
  // The prefix goes before every name that a user gives, the new one too.
  const prefix = context.env.BIDE_SESSION_PREFIX ?? "";
  const { session } = await bide.request("session.rename", { selector, name: prefix + name });
  if (context.json) writeSession(session);
  return 0;
};
