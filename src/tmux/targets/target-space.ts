// Where targets are found: what a server tells about its sessions, windows and panes, and which session is the best of
// several that show the same thing, as tmux's cmd-find chooses. Pure.

import type { BorderStatus } from "../layout/layout.ts";
import type { Pane, Session, Window } from "../model/model.ts";
import { type Target, type TargetFlags, targetOf } from "./target.ts";

/** The part of a server that targets are found in. */
export interface TargetSpace {
  /** By name. */
  readonly sessions: readonly Session[];
  readonly marked: Pane | undefined;
  windowById(id: number): Window | undefined;
  paneById(id: number): Pane | undefined;
  /** The session that a client of this name is attached to. */
  sessionOfClient(name: string): Session | undefined;
  attachedTo(session: Session): number;
  /** The option pane-base-index of a window. */
  paneBase(window: Window): number;
  /** The option pane-border-status of a window. */
  border(window: Window): BorderStatus;
}

/** The most recently used one, of several. */
export function bestSession(
  space: TargetSpace,
  sessions: readonly Session[] = space.sessions,
  { preferUnattached = false }: TargetFlags = {},
): Session | undefined {
  let best: Session | undefined;
  for (const session of sessions) {
    if (best === undefined) {
      best = session;
      continue;
    }
    if (preferUnattached) {
      const attached = space.attachedTo(best) > 0;
      if (attached !== space.attachedTo(session) > 0) {
        if (attached) best = session;
        continue;
      }
    }
    if (session.activityAt > best.activityAt) best = session;
  }
  return best;
}

/** A pane with the best of the sessions that show it. */
export function stateOfPane(space: TargetSpace, pane: Pane): Target | undefined {
  const session = bestSession(
    space,
    space.sessions.filter((one) => one.linkOf(pane.window) !== undefined),
  );
  const link = session?.linkOf(pane.window);
  const target = session && targetOf(session, link);
  return target && { ...target, pane };
}
