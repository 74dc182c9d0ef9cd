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

function splitChanges(changes: readonly string[]): { set: Record<string, string>; remove: string[] } {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const change of changes) {
    const at = change.indexOf("=");
    const key = change.slice(0, at);
    const value = change.slice(at + 1);
    if (value === "") remove.push(key);
    else set[key] = value;
  }
  return { set, remove };
}

function writeLabels(session: Session, named: boolean): void {
  for (const [key, value] of Object.entries(session.labels)) {
    writeLine(`${named ? `${session.name}\t` : ""}${visible(key)}=${visible(value)}`);
  }
}
