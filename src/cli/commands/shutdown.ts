// `bide shutdown`: every session ends, then the host. Never starts a host; with --force it also ends the workers
// that a dead host left.

import { BideError } from "../../base/errors.ts";
import type { Session } from "../../protocol/session.ts";
import type { Command, CommandContext } from "../command.ts";
import { whenHostGone } from "../host-gone.ts";
import { say } from "../output.ts";
import { runningHost } from "../running-host.ts";
import { writeSessions } from "../session-output.ts";
import { stateText } from "../session-text.ts";

/** Each waits two seconds for the lock of a host that neither answers nor ends. */
const ATTEMPTS = 5;

export const run: Command = async (context) => {
  const force = context.flags.has("force");
  const { ended, hadHost } = await end(context, force);
  if (context.json) writeSessions(ended, false);
  else {
    for (const session of ended) say(`${session.name} ended: ${stateText(session)}`);
    if (hadHost) say("the host ended");
    else say(force ? "no host was running" : "no host is running (--force also ends sessions whose host is dead)");
  }
  return 0;
};

async function end(context: CommandContext, force: boolean): Promise<{ ended: readonly Session[]; hadHost: boolean }> {
  for (let attempt = 1; ; attempt += 1) {
    const bide = await runningHost(context);
    if (bide !== undefined) {
      const { sessions } = await bide.request("host.shutdown", { force });
      bide.close();
      await whenHostGone();
      return { ended: sessions, hadHost: true };
    }
    if (!force) return { ended: [], hadHost: false };
    try {
      return { ended: await context.roles.forceShutdown(), hadHost: false };
    } catch (error) {
      // A host that was just starting has the lock and did not answer yet: by now it may.
      if (!(error instanceof BideError) || error.code !== "busy" || attempt === ATTEMPTS) throw error;
    }
  }
}
