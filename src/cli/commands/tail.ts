// `bide tail SEL...`: the output of several sessions as it comes, each line with the name of its session. Lines are
// whole: a line is shown when it has ended, so two sessions never share one. Ends when all of them have.

import { BideError } from "../../base/errors.ts";
import type { Session } from "../../protocol/session.ts";
import type { Command } from "../command.ts";
import { forEachSession } from "../each-session.ts";
import { sayError } from "../output.ts";
import { takeSelectors } from "../selector.ts";
import { followSession } from "../tail/follow-session.ts";
import { jsonLines, labelledLines } from "../tail/labelled-lines.ts";

/** As tail(1) does: enough to see what a session is about. */
const LINES = 10;

export const run: Command = async (context) => {
  const { flags, json, env } = context;
  const selectors = takeSelectors(context);
  const lines = flags.integer("lines", 0) ?? LINES;
  const found = await forEachSession(context, selectors, async (session: Session) => session);
  const names = found.done.map(({ name }) => name);
  const writer = json ? jsonLines() : labelledLines(names, env);
  let exitCode = found.exitCode;
  await Promise.all(
    found.done.map(async (session) => {
      try {
        await followSession(context, session, lines, writer);
      } catch (error) {
        // One session that cannot be read is told; a reader that left ends the command.
        if (!(error instanceof BideError)) throw error;
        sayError(error, json);
        exitCode ||= error.exitCode;
      }
    }),
  );
  return exitCode;
};
