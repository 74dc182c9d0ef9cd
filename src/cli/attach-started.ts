// Attaching to a session that this command has just started, as `open`, `start --attach` and `agent` do it. A program may
// have ended before anybody could attach: then what it printed comes from its log, and the exit code is its own all the same.

import { showEnded } from "../attach/show-ended.ts";
import { BideError } from "../base/errors.ts";
import type { AttachEnd } from "../client/index.ts";
import { logPieces } from "../client/log-pieces.ts";
import { RecordedSession } from "../client/recorded-session.ts";
import type { Session } from "../protocol/session.ts";
import { isLive } from "../protocol/session-state.ts";
import { attachSession } from "./attach-session.ts";
import { isTerminal } from "./caller-terminal.ts";
import type { CommandContext } from "./command.ts";
import type { Configuration } from "./config.ts";
import { writeBytes } from "./output.ts";
import { exitCodeOf } from "./session-exit-code.ts";

/** Resolves to the exit code as `attachSession` does; `own` is meant as there. */
export async function attachStarted(
  context: CommandContext,
  started: Session,
  own: Partial<Configuration["attach"]> = {},
): Promise<number> {
  const selector = { text: started.session_id };
  try {
    return await attachSession(context, selector, own);
  } catch (error) {
    if (!(error instanceof BideError) || !GONE.has(error.code)) throw error;
    const bide = await context.connect({ again: true });
    const { session } = await bide.request("session.resolve", { selector, fresh: true });
    if (isLive(session) || (session.exit_code === null && session.exit_signal === null)) throw error;
    const recorded = await RecordedSession.open(context, selector);
    const output = logPieces(recorded, { from: 0, follow: true });
    try {
      if (isTerminal(1)) await showEnded({ name: session.name, end: endOf(session), output });
      else for await (const { bytes } of output) writeBytes(bytes);
    } finally {
      recorded.close();
    }
    return exitCodeOf(session);
  }
}

function endOf({ state, exit_code, exit_signal }: Session): AttachEnd {
  return { reason: "exited", state, exitCode: exit_code, exitSignal: exit_signal };
}

const GONE: ReadonlySet<string> = new Set(["session_ended", "worker_unreachable"]);
