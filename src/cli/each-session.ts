// The way of the verbs that take several sessions: all are done, each failure is told, and the exit code is
// the first failure's.

import { BideError, messageOf } from "../base/errors.ts";
import type { Selector } from "../protocol/host-messages.ts";
import type { Session } from "../protocol/session.ts";
import type { CommandContext } from "./command.ts";
import { sayError } from "./output.ts";

export interface EachResult<T> {
  readonly done: readonly T[];
  readonly exitCode: number;
}

/** Finds the sessions of each selector, then does `act` on each session once, all at the same time. */
export async function forEachSession<T>(
  context: CommandContext,
  selectors: readonly Selector[],
  act: (session: Session) => Promise<T>,
): Promise<EachResult<T>> {
  const bide = await context.connect();
  const found = await forEach(context, selectors, async (selector) => {
    return (await bide.request("session.resolve_many", { selectors: [selector] })).sessions;
  });
  const sessions = new Map(found.done.flat().map((session) => [session.session_id, session]));
  const named = sessions.size > 1;
  const acted = await forEach(context, [...sessions.values()], (session) =>
    act(session).catch((error) => {
      throw named ? errorOf(session, error) : error;
    }),
  );
  return { done: acted.done, exitCode: found.exitCode || acted.exitCode };
}

/** Among several the text has to say whose error it is. */
function errorOf({ name }: Session, error: unknown): unknown {
  if (!(error instanceof BideError) || error.message.split(/[\s:,"()]+/).includes(name)) return error;
  return new BideError(error.code, `${name}: ${error.message}`, { hint: error.hint, cause: error });
}

/** Does `act` on each item at the same time and tells what failed, in order. */
export async function forEach<I, T>(
  context: Pick<CommandContext, "json">,
  items: readonly I[],
  act: (item: I) => Promise<T>,
): Promise<EachResult<T>> {
  const settled = await Promise.allSettled(items.map(act));
  const done: T[] = [];
  let exitCode = 0;
  for (const one of settled) {
    if (one.status === "fulfilled") {
      done.push(one.value);
      continue;
    }
    const reason: unknown = one.reason;
    const error =
      reason instanceof BideError ? reason : new BideError("internal", messageOf(reason), { cause: reason });
    sayError(error, context.json);
    exitCode ||= error.exitCode;
  }
  return { done, exitCode };
}
