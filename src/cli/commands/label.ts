// `bide label SEL... [K=V | K=]...`: sets, removes or shows labels. Words with `=` are labels, the others are
// sessions (no session's name holds one).

import type { Selector } from "../../protocol/host-messages.ts";
import type { Session } from "../../protocol/session.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { forEachSession } from "../each-session.ts";
import { writeLine } from "../output.ts";
import { meansOne, takeSelectors } from "../selector.ts";
import { writeSessions } from "../session-output.ts";

export const run: Command = async (context) => {
  const changes = context.positionals.filter((word) => word.includes("="));
  const selectors = takeSelectors(
    context,
    context.positionals.filter((word) => !word.includes("=")),
  );
  const { set, remove } = splitChanges(changes);
  const bide = await context.connect();
  const change = async (selector: Selector) =>
    changes.length === 0
      ? bide.request("session.resolve", { selector })
      : bide
          .request("session.label", { selectors: [selector], set, remove })
          .then(({ sessions: [session] }) => ({ session: session as Session }));
  const { done, exitCode } = await forEachSession(context, selectors, async (found) => {
    return (await change({ text: found.session_id })).session;
  });
  if (context.json) {
    if (done.length > 0) writeSessions(done, meansOne(selectors));
  } else if (changes.length === 0) for (const session of done) writeLabels(session, done.length > 1);
  return exitCode;
};

/** The last word about a key counts. */
function splitChanges(changes: readonly string[]): { set: Record<string, string>; remove: string[] } {
  const values = new Map<string, string>();
  for (const change of changes) {
    const at = change.indexOf("=");
    values.set(change.slice(0, at), change.slice(at + 1));
  }
  const pairs = [...values];
  return {
    set: Object.fromEntries(pairs.filter(([, value]) => value !== "")),
    remove: pairs.filter(([, value]) => value === "").map(([key]) => key),
  };
}

function writeLabels(session: Session, named: boolean): void {
  for (const [key, value] of Object.entries(session.labels)) {
    writeLine(`${named ? `${session.name}\t` : ""}${visible(key)}=${visible(value)}`);
  }
}
