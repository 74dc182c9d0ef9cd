// `bide open NAME`: attaches, creating the session if it is not there. Two at once end in the same session:
// whoever starts second finds the name taken and attaches.

import { BideError } from "../../base/errors.ts";
import { isLive } from "../../protocol/session-state.ts";
import { attachSession, checkAttach } from "../attach-session.ts";
import { attachStarted } from "../attach-started.ts";
import type { Command } from "../command.ts";
import { selectorOf } from "../selector.ts";
import { startOptions, wantsShellIntegration } from "../start-options.ts";

export const run: Command = async (context) => {
  const [name = ""] = context.positionals;
  const selector = selectorOf(name, context.env);
  const bide = await context.connect();
  const live = await bide.request("session.resolve", { selector }).then(
    ({ session }) => (isLive(session) ? session : undefined),
    (error) => {
      if (error instanceof BideError && error.code === "session_not_found") return undefined;
      throw error;
    },
  );
  if (live !== undefined) return attachSession(context, { text: live.session_id });
  await checkAttach(context);
  try {
    const shell_integration = await wantsShellIntegration(context);
    const options = { ...startOptions(context, name), shell_integration };
    const { session } = await bide.request("session.start", options);
    return await attachStarted(context, session);
  } catch (error) {
    if (!(error instanceof BideError && error.code === "name_taken")) throw error;
    return attachSession(context, selector);
  }
};
