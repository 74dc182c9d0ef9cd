// `bide start`: creates a session, detached, and says which.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { writeStarted } from "../session-output.ts";
import { startOptions, wantsShellIntegration } from "../start-options.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const attach = flags.has("attach");
  if (attach && flags.has("detach")) throw new BideError("usage", "--attach and --detach exclude each other");
  if (attach && json) throw new BideError("usage", "--attach and --json exclude each other");
  const shell_integration = await wantsShellIntegration(context);
  const options = { ...startOptions(context, flags.text("name")), shell_integration };
  const bide = await context.connect();
  if (attach) await (await import("../attach-session.ts")).checkAttach(context);
  const { session } = await bide.request("session.start", options);
  if (attach) {
    const { attachStarted } = await import("../attach-started.ts");
    return attachStarted(context, session);
  }
  writeStarted(session, json);
  return 0;
};
