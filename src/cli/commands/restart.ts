// `bide restart SEL`: an ended session starts again, as the one it was.

import type { Command } from "../command.ts";
import { takeSelector } from "../selector.ts";
import { writeStarted } from "../session-output.ts";

export const run: Command = async (context) => {
  const { selector } = takeSelector(context);
  const bide = await context.connect();
  const { session } = await bide.request("session.restart", { selector });
  writeStarted(session, context.json);
  return 0;
};
