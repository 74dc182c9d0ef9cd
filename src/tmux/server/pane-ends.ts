// What happens when the program of a pane ends, or a pane is killed: remain-on-exit keeps it with a row that says so,
// otherwise the pane goes, its window with the last pane, its session with the last window, the server with the last session.

import type { Session as BideSession } from "../../client/index.ts";
import { removePane } from "../layout/split.ts";
import { type Pane, type Session, seconds, type Window, type Winlink } from "../model/model.ts";
import { expandNow } from "./expand.ts";
import type { TmuxServer } from "./tmux-server.ts";
import { applyLayout } from "./window-sizes.ts";

/** The program of a pane has ended by itself, or its worker died. */
export async function programEnded(server: TmuxServer, pane: Pane, last: BideSession): Promise<void> {
  if (!server.panes.has(pane.id) || server.ended) return;
  const status = last.exit_code;
  const signal = last.exit_signal;
  const wanted = server.settings.text("remain-on-exit", { pane });
  const clean = status === 0 && signal === null;
  const keeps = wanted === "on" || wanted === "1" || wanted === "key" || (wanted === "failed" && !clean);
  // tmux tells the signal and no status, bide the code that a shell would say.
  pane.dead = { status: signal === null ? status : null, signal, time: seconds(), text: "" };
  if (keeps) {
    const format = server.settings.text("remain-on-exit-format", { pane });
    pane.dead = { ...pane.dead, text: expandNow(server, format, { pane }) };
    server.changed();
    server.notifier.paneDied(pane);
    server.flush();
    return;
  }
  server.notifier.paneExited(pane);
  dropPane(server, pane);
  server.flush();
}

/** `kill-pane`: the pane goes now, its program is ended behind it. */
export function killPane(server: TmuxServer, pane: Pane): void {
  if (!server.panes.has(pane.id)) return;
  void server.programs.end(pane);
  dropPane(server, pane);
}

export function killWindow(server: TmuxServer, window: Window): void {
  for (const pane of window.panes) void server.programs.end(pane);
  dropWindow(server, window);
}

export function killSession(server: TmuxServer, session: Session): void {
  const windows = session.links.map((link) => link.window);
  for (const client of server.attachedClients) if (client.session === session) server.leaveSession(client, session);
  session.links = [];
  session.lastLinks = [];
  session.current = undefined;
  for (const window of new Set(windows)) {
    if (server.sessionsWith(window).length > 0) continue;
    for (const pane of window.panes) void server.programs.end(pane);
    forgetWindow(server, window);
  }
  server.removeSession(session);
  for (const window of new Set(windows)) server.notifier.windowUnlinked(session, window);
}

/** `kill-server`: only what this server started ends; a session that it had adopted is let go. */
export function killServer(server: TmuxServer): void {
  for (const pane of server.panes.values()) {
    if (pane.adopted) server.programs.release(pane);
    else void server.programs.end(pane);
  }
  server.panes.clear();
  server.end();
}

/** `unlink-window` and `kill-window` in one session: the window goes when no other shows it. */
export function unlink(server: TmuxServer, link: Winlink): void {
  const { session, window } = link;
  session.links = session.links.filter((one) => one !== link);
  session.lastLinks = session.lastLinks.filter((one) => one !== link);
  server.notifier.windowUnlinked(session, window);
  if (session.current === link) {
    session.current = undefined;
    const next = session.lastLinks[0] ?? previousLink(session, link.index);
    if (next !== undefined) session.select(next);
    session.lastLinks = session.lastLinks.filter((one) => one !== link && one !== next);
    if (next !== undefined) server.notifier.sessionWindowChanged(session);
  }
  if (server.sessionsWith(window).length === 0) forgetWindow(server, window);
  if (session.links.length === 0) killSession(server, session);
  else if (server.settings.flag("renumber-windows", { session })) renumber(server, session);
  server.changed();
}

/** `-k`: the window goes whose index another one is to get. Its session stays, also when that was its only window. */
export function makeRoom(server: TmuxServer, link: Winlink): void {
  const { session, window } = link;
  if (session.links.length === 1) {
    session.links = [];
    session.current = undefined;
  } else if (server.linksOf(window).length > 1) unlink(server, link);
  if (server.linksOf(window).every((one) => one === link)) killWindow(server, window);
}

/** Removes a pane whose program has ended, or is about to, from its window. */
function dropPane(server: TmuxServer, pane: Pane): void {
  const { window } = pane;
  server.panes.delete(pane.id);
  if (server.marked === pane) server.marked = undefined;
  takeOutOfWindow(server, pane);
  if (window.panes.length === 0) dropWindow(server, window);
  server.changed();
}

/** The pane leaves its window, whose other panes get the room. */
export function takeOutOfWindow(server: TmuxServer, pane: Pane): void {
  const { window } = pane;
  const index = window.panes.indexOf(pane);
  if (window.zoomed !== null) unzoom(server, window);
  const rest = removePane(window.layout, pane.id, server.border(window));
  window.panes = window.panes.filter((one) => one !== pane);
  window.lastPanes = window.lastPanes.filter((one) => one !== pane);
  if (window.active === pane) {
    window.active = undefined;
    const next = window.lastPanes[0] ?? window.panes[index - 1] ?? window.panes[index];
    if (next !== undefined) {
      server.activate(next);
      window.lastPanes = window.lastPanes.filter((one) => one !== next);
      server.notifier.windowPaneChanged(window);
    }
  }
  if (rest !== undefined && window.panes.length > 0) {
    window.layout = rest;
    applyLayout(server, window);
  }
}

export function unzoom(server: TmuxServer, window: Window): boolean {
  if (window.zoomed === null) return false;
  window.zoomed = null;
  applyLayout(server, window);
  return true;
}

/** `-Z` of what unzooms: the pane that is active now has the window for itself. */
export function zoom(server: TmuxServer, window: Window): void {
  if (window.active === undefined || window.panes.length < 2) return;
  window.zoomed = window.active;
  applyLayout(server, window);
}

function dropWindow(server: TmuxServer, window: Window): void {
  for (const link of server.linksOf(window)) unlink(server, link);
  forgetWindow(server, window);
}

function forgetWindow(server: TmuxServer, window: Window): void {
  for (const pane of window.panes) server.panes.delete(pane.id);
  if (server.windows.delete(window.id)) server.notifier.windowClosed(window);
}

/** The one before it, around the beginning. */
function previousLink(session: Session, index: number): Winlink | undefined {
  return session.links.filter((link) => link.index < index).at(-1) ?? session.links.at(-1);
}

/** `renumber-windows`, `move-window -r`: indexes without gaps from base-index on. */
export function renumber(server: TmuxServer, session: Session): void {
  let index = server.settings.number("base-index", { session });
  for (const link of session.links) {
    link.index = index;
    index += 1;
  }
  server.changed();
}
