// What to say when a worker went while it was asked: mostly its session has just ended, as sessions do, and nothing is
// wrong with bide. Asked by the commands' main.ts, by commands for which an ended session is no failure, and by `prompt`.

import { BideError } from "../base/errors.ts";
import type { Session } from "../protocol/session.ts";
import { type HostSource, RecordedSession } from "./recorded-session.ts";
import { WorkerGone, withoutSocket } from "./session-connection.ts";

/** The error to tell: `session_ended` where that is why nobody answered, else the one given. */
export async function unlessEnded(source: HostSource, error: unknown): Promise<unknown> {
  if (!(error instanceof WorkerGone)) return error;
  const session = await sessionNow(source, error.session.session_id).catch(() => undefined);
  return session !== undefined && hasEnded(session) ? withoutSocket(session) : error;
}

/** With a code or a signal: a worker that was killed took its session with it, which is something else. */
function hasEnded({ ended_at, exit_code, exit_signal }: Session): boolean {
  return ended_at !== null && (exit_code !== null || exit_signal !== null);
}

async function sessionNow(source: HostSource, id: string): Promise<Session> {
  const recorded = await RecordedSession.open(source, { text: id });
  try {
    return await recorded.now();
  } finally {
    recorded.close();
  }
}

/** Whether a command failed because its session is over. */
export async function isEnded(source: HostSource, error: unknown): Promise<boolean> {
  const why = await unlessEnded(source, error);
  return why instanceof BideError && why.code === "session_ended";
}
