// What a command means with `-t` and `-s`: a session, a winlink, a window and a pane, one inside the other. find-target.ts
// finds them.

import type { Pane, Session, Window, Winlink } from "../model/model.ts";

export type TargetKind = "session" | "window" | "pane";

export interface Target {
  readonly session: Session;
  readonly link: Winlink;
  readonly window: Window;
  readonly pane: Pane;
  /** With `index` asked for: the place of a window that need not exist; null: the next free one. */
  readonly index: number | null;
}

export interface TargetFlags {
  /** A window index that nothing is at is meant as a place. */
  readonly index?: boolean;
  /** Without a target, a session that nobody is attached to is preferred. */
  readonly preferUnattached?: boolean;
  /** Without a target the marked pane is meant. */
  readonly defaultMarked?: boolean;
}

/** The state of a session as a whole. */
export function targetOf(session: Session, link: Winlink | undefined = session.current): Target | undefined {
  const pane = link?.window.active;
  if (link === undefined || pane === undefined) return undefined;
  return { session, link, window: link.window, pane, index: link.index };
}
