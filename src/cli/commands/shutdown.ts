// `bide shutdown`: every session ends, then the host. Never starts a host; with --force it also ends the workers
// that a dead host left.

import type { Session } from "../../protocol/session.ts";
import type { Command } from "../command.ts";
import { whenHostGone } from "../host-gone.ts";
import { say } from "../output.ts";
import { runningHost } from "../running-host.ts";
import { writeSessions } from "../session-output.ts";
import { stateText } from "../session-text.ts";

export const run: Command = async (context) => {
  const force = context.flags.has("force");
  const bide = await runningHost(context);
  let ended: readonly Session[] = [];
  if (bide !== undefined) {
    ended = (await bide.request("host.shutdown", { force })).sessions;
    bide.close();
    await whenHostGone();
  } else if (force) {
    ended = await context.roles.forceShutdown();
  }
  if (context.json) writeSessions(ended, false);
  else {
    for (const session of ended) say(`${session.name} ended: ${stateText(session)}`);
    if (bide !== undefined) say("the host ended");
    else say(force ? "no host was running" : "no host is running (--force also ends sessions whose host is dead)");
  }
  return 0;
};
