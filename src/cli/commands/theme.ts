// `bide theme SEL THEME`: the colour of the status row, seen at once by everybody attached.

import type { Command } from "../command.ts";
import { takeSelector } from "../selector.ts";
import { writeSession } from "../session-output.ts";

export const run: Command = async (context) => {
  const { selector, rest } = takeSelector(context);
  const [theme = "none"] = rest;
  const bide = await context.connect();
  const { session } = await bide.request("session.theme", { selector, theme: theme === "none" ? null : theme });
  if (context.json) writeSession(session);
  return 0;
};
