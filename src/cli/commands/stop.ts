// `bide stop SEL...`: ends sessions gracefully and returns when they are down.

import { endingCommand } from "../end-sessions.ts";

export const run = endingCommand((context) => {
  const grace = context.flags.duration("grace");
  return async (selector) => {
    const bide = await context.connect();
    return bide.request("session.stop", { selectors: [selector], grace_ms: grace });
  };
});
