// What `stop` and `kill` share: an ended session is left alone and said so, the rest is ended, each is told.

import type { Session } from "../protocol/session.ts";
import { isLive } from "../protocol/session-state.ts";
import type { Command, CommandContext } from "./command.ts";
import { forEachSession } from "./each-session.ts";
import { say } from "./output.ts";
import { meansOne, takeSelectors } from "./selector.ts";
import { writeSessions } from "./session-output.ts";
import { stateText } from "./session-text.ts";

/** `end` asks the host to end one live session and resolves when it is down. */
export function endingCommand(
  end: (context: CommandContext) => (selector: { text: string }) => Promise<{ readonly sessions: readonly Session[] }>,
): Command {
  return async (context) => {
    const endOne = end(context);
    const selectors = takeSelectors(context);
    const { done, exitCode } = await forEachSession(context, selectors, async (session) => {
      // Also asked of an ended one: it may have left processes behind.
      const { sessions } = await endOne({ text: session.session_id });
      const after = sessions[0] ?? session;
      if (!context.json) say(endedText(session, after));
      return after;
    });
    if (context.json && done.length > 0) writeSessions(done, meansOne(selectors));
    return exitCode;
  };
}

function endedText(before: Session, after: Session): string {
  const had = isLive(before) ? "" : " already";
  return `${after.name}${had} ended: ${stateText(after)}`;
}
