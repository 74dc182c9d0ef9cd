// Sessions of a group show the same windows at the same indexes, each with a current one of its own. What a command changes
// in one of them is brought to the others here. Used by the commands that move windows; new-panes.ts and pane-ends.ts keep
// to it by themselves.

import { type Session, type Window, Winlink } from "../model/model.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Two sessions that have all windows in common already. */
export function sameGroup(one: Session, other: Session): boolean {
  return one !== other && one.group !== null && one.group === other.group;
}

/** Whether anybody but the session and its group shows the window, or the session shows it twice. */
export function isLinked(server: TmuxServer, session: Session, window: Window): boolean {
  return server.linksOf(window).length !== (session.group?.sessions.length ?? 1);
}

/** The others of its group show what this one does now. */
export function synchronize(server: TmuxServer, model: Session): void {
  if (model.links.length === 0) return;
  for (const session of model.group?.sessions ?? []) if (session !== model) follow(server, session, model);
}

function follow(server: TmuxServer, session: Session, model: Session): void {
  const before = session.links;
  const links = model.links.map(
    ({ index, window }) =>
      before.find((link) => link.index === index && link.window === window) ?? new Winlink(session, index, window),
  );
  const at = (index: number) => links.find((link) => link.index === index);
  const index = session.current?.index ?? model.current?.index ?? 0;
  const last = session.lastLinks.flatMap((link) => at(link.index) ?? []);
  const current = at(index) ?? last[0] ?? links.findLast((link) => link.index < index) ?? links.at(-1);
  const changed = current?.window !== session.current?.window;
  session.links = links;
  session.lastLinks = last.filter((link) => link !== current);
  session.current = current;
  const windows = (all: readonly Winlink[]) => new Set(all.map((link) => link.window));
  for (const window of windows(links).difference(windows(before))) server.notifier.windowLinked(session, window);
  for (const window of windows(before).difference(windows(links))) server.notifier.windowUnlinked(session, window);
  if (changed) server.notifier.sessionWindowChanged(session);
}
