// `bide kill SEL...`: ends sessions now, with everything they left behind.

import { endingCommand } from "../end-sessions.ts";

export const run = endingCommand((context) => async (selector) => {
  const bide = await context.connect();
  return bide.request("session.kill", { selectors: [selector] });
});
