// Makes what did not exist: a window with its first pane in a session, a pane in a window. Ids are taken and the layout is
// changed before anything is waited for, so that any number of calls at once get places of their own.

import type { Layout } from "../layout/layout.ts";
import { singlePane } from "../layout/layout.ts";
import { Pane, type Session, Window, Winlink } from "../model/model.ts";
import type { Start } from "./pane-command.ts";
import { killPane } from "./pane-ends.ts";
import { programName } from "./program-name.ts";
import type { TmuxServer } from "./tmux-server.ts";
import { applyLayout } from "./window-sizes.ts";

export interface NewWindow {
  readonly session: Session;
  readonly index: number;
  /** Undefined: after the program. */
  readonly name: string | undefined;
  readonly size: { readonly cols: number; readonly rows: number };
  readonly start: Start;
  /** Make it the session's current one. */
  readonly select: boolean;
}

/** The link of the new window; a failure is tmux's text, and nothing is left of it. */
export async function newWindow(server: TmuxServer, wanted: NewWindow): Promise<Winlink | string> {
  const { session, start, size } = wanted;
  const { settings } = server;
  const id = server.takePaneId();
  const window = new Window(
    server.nextWindow,
    wanted.name ?? nameAfter(server, start.session, start.argv),
    size,
    singlePane(id, size.cols, size.rows),
    settings.windowScope(),
  );
  server.nextWindow += 1;
  server.windows.set(window.id, window);
  const pane = addPane(server, window, id, start);
  window.panes = [pane];
  server.activate(pane);
  const link = new Winlink(session, wanted.index, window);
  session.insert(link);
  for (const other of session.group?.sessions ?? []) {
    if (other !== session) other.insert(new Winlink(other, server.freeIndex(other, link.index), window));
  }
  if (wanted.name !== undefined) settings.setWindow(window, "automatic-rename", "off");
  const first = session.current === undefined;
  if (wanted.select || first) session.select(link);
  applyLayout(server, window, true);
  server.notifier.windowLinked(session, window);
  if (wanted.select && !first) server.notifier.sessionWindowChanged(session);
  server.changed();
  const failure = await server.programs.start(pane, start);
  if (failure === undefined) return link;
  killPane(server, pane);
  return failure;
}

/** A pane for a place that the layout already has. */
export function addPane(server: TmuxServer, window: Window, id: number, start: Start): Pane {
  const pane = new Pane(id, window, server.settings.paneScope(window));
  pane.cwd = start.cwd;
  pane.startPath = start.cwd;
  pane.title = server.hostName;
  pane.historyLimit = server.settings.number("history-limit", { session: start.session });
  server.panes.set(id, pane);
  return pane;
}

/** Puts a new pane into a window whose layout has room for it. A failure is tmux's text, and the room is given back. */
export async function newPane(
  server: TmuxServer,
  window: Window,
  id: number,
  layout: Layout,
  start: Start,
  select: boolean,
): Promise<Pane | string> {
  const pane = addPane(server, window, id, start);
  window.layout = layout;
  window.zoomed = null;
  window.panes = [...window.panes, pane];
  applyLayout(server, window);
  if (select) {
    server.activate(pane);
    server.notifier.windowPaneChanged(window);
  }
  const failure = await server.programs.start(pane, start);
  if (failure === undefined) return pane;
  killPane(server, pane);
  return failure;
}

/** The name of a window that got none: its program's. */
export function nameAfter(server: TmuxServer, session: Session, argv: readonly string[]): string {
  const shell = server.settings.text("default-shell", { session });
  const command = argv.length > 0 ? argv.join(" ") : server.settings.text("default-command", { session });
  return programName(command === "" ? shell : command);
}
