// From layouts to terminals: every pane gets the place that the layout has for it, and its program the size. Windows get
// theirs from the clients that look at them, as the option window-size says.

import { paneGeometries } from "../layout/geometry.ts";
import { visibleLayout } from "../layout/layout.ts";
import { resizeLayout } from "../layout/resize.ts";
import type { Session, Window } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import type { TmuxServer } from "./tmux-server.ts";

interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** Puts the panes where the layout says; the ones whose size changed are told. */
export function applyLayout(server: TmuxServer, window: Window, quiet = false): void {
  const border = server.border(window);
  for (const geometry of paneGeometries(window.layout, border)) place(server, geometry);
  const { zoomed } = window;
  if (zoomed !== null) {
    for (const geometry of paneGeometries(visibleLayout(window.layout, zoomed.id), border)) place(server, geometry);
  }
  const order = new Map(paneGeometries(window.layout, border).map(({ pane }, at) => [pane, at]));
  window.panes = [...window.panes].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  server.changed();
  if (!quiet) server.notifier.layoutChanged(window);
}

function place(
  server: TmuxServer,
  { pane: id, left, top, width, height }: { pane: number; left: number; top: number; width: number; height: number },
): void {
  const pane = server.panes.get(id);
  if (pane === undefined) return;
  const same = pane.cols === width && pane.rows === height;
  Object.assign(pane, { left, top, cols: width, rows: height });
  if (!same && pane.sessionId !== "") server.programs.resize(pane);
}

/** Gives a window another size; its panes share it as tmux shares it. */
export function resizeWindow(server: TmuxServer, window: Window, cols: number, rows: number): void {
  if (window.cols === cols && window.rows === rows) return;
  const zoomed = window.zoomed;
  window.zoomed = null;
  window.layout = resizeLayout(window.layout, cols, rows, server.border(window));
  // Panes do not get smaller than a cell, so a layout may stay larger than the window.
  window.cols = Math.max(cols, window.layout.width);
  window.rows = Math.max(rows, window.layout.height);
  window.zoomed = zoomed;
  applyLayout(server, window);
  server.notifier.windowResized(window);
}

/** The size of a window as was said by hand or as its clients want it; undefined without either. */
function sizeFor(server: TmuxServer, window: Window): Size | undefined {
  if (window.manualSize !== null) return window.manualSize;
  const aggressive = server.settings.flag("aggressive-resize", { window });
  const clients = sizedClients(server, server.sessionsWith(window)).filter(
    (client) => !aggressive || client.session?.current?.window === window,
  );
  return sizeOfClients(server, clients, server.settings.text("window-size", { window }));
}

/** The size of a window that a session is about to get: what was said by hand for another one does not count. */
export function sizeForNew(server: TmuxServer, session: Session): Size {
  const clients = sizedClients(server, [session]);
  return sizeOfClients(server, clients, server.settings.text("window-size", {})) ?? defaultSize(server, session);
}

/** `resize-window -A` and `-a`: the largest or the smallest of the clients. */
export function extremeSize(server: TmuxServer, session: Session, policy: "largest" | "smallest"): Size {
  return sizeOfClients(server, sizedClients(server, [session]), policy) ?? defaultSize(server, session);
}

/** As set when the session was made without a client. */
function defaultSize(server: TmuxServer, session: Session): Size {
  const [cols = 80, rows = 24] = server.settings.text("default-size", { session }).split("x").map(Number);
  return { cols, rows };
}

function sizedClients(server: TmuxServer, sessions: readonly Session[]): TmuxClient[] {
  return server.attachedClients.filter(
    ({ session, sized, flags }) =>
      session !== undefined && sized && !flags.has("ignore-size") && sessions.includes(session),
  );
}

function sizeOfClients(server: TmuxServer, clients: readonly TmuxClient[], policy: string): Size | undefined {
  if (policy === "manual") return undefined;
  const sizes = clients.map((client) => sizeOf(server, client));
  const [first] = sizes;
  if (first === undefined) return undefined;
  if (policy === "latest") {
    const latest = clients.reduce((best, one) => (one.activityAt > best.activityAt ? one : best));
    return sizeOf(server, latest);
  }
  const choose = policy === "smallest" ? Math.min : Math.max;
  return {
    cols: choose(...sizes.map((size) => size.cols)),
    rows: choose(...sizes.map((size) => size.rows)),
  };
}

/** What is left of a client's terminal for windows: without the status rows. */
function sizeOf(server: TmuxServer, client: TmuxClient): Size {
  const rows = client.control ? client.rows : client.rows - statusRows(server, client.session);
  return { cols: Math.max(1, client.cols), rows: Math.max(1, rows) };
}

export function statusRows(server: TmuxServer, session: Session | undefined): number {
  const status = server.settings.text("status", session === undefined ? {} : { session });
  if (status === "off" || status === "0") return 0;
  return status === "on" || status === "1" ? 1 : Number(status) || 1;
}

/** Somebody attached, left or changed size: every window that is looked at gets what it should have. */
export function recalculateSizes(server: TmuxServer): void {
  for (const window of server.windows.values()) {
    const size = sizeFor(server, window);
    if (size !== undefined) resizeWindow(server, window, size.cols, size.rows);
  }
}
