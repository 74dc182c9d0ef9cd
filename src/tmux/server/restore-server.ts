// Brings a tmux server back from its record after the host was killed. Panes are found by the ids of their bide sessions,
// which live on. Called by namespaces.ts.

import type { Session as BideSession } from "../../client/index.ts";
import { EnvironmentTable } from "../model/environment-table.ts";
import { Pane, Session, type SessionGroup, Window, Winlink } from "../model/model.ts";
import { programEnded } from "./pane-ends.ts";
import { isRunning } from "./pane-programs.ts";
import type { ServerRecord, SessionRecord, WindowRecord } from "./record-shape.ts";
import type { TmuxServer } from "./tmux-server.ts";

/**
 * Makes a new server what the record says, but for its programs (`reuniteAll`).
 *
 * @throws where the record's options, buffers or keys are damaged; the server is of no use then.
 */
export function restoreModel(server: TmuxServer, record: ServerRecord): void {
  server.restored = true;
  server.restoreStart(record.started_at);
  server.nextSession = record.next_session;
  server.nextWindow = record.next_window;
  server.nextPane = record.next_pane;
  for (const [name, entry] of EnvironmentTable.fromJSON(record.environment).entries) {
    server.environment.put(name, entry);
  }
  server.buffers.restore(record.buffers as Parameters<typeof server.buffers.restore>[0]);
  server.settings.restore(record.settings);
  server.savedKeys = record.keys;
  for (const window of record.windows) restoreWindow(server, window);
  const groups = new Map<string, SessionGroup>();
  for (const session of record.sessions) restoreSession(server, session, groups);
  server.marked = record.marked === null ? undefined : server.panes.get(record.marked);
}

/** Finds the programs of its panes again; those that ended meanwhile are treated as if they ended now. */
export async function reuniteAll(server: TmuxServer): Promise<void> {
  await Promise.all([...server.panes.values()].map((pane) => reunite(server, pane)));
}

function restoreWindow(server: TmuxServer, record: WindowRecord): void {
  const options = server.settings.windowScope(record.options);
  const window = new Window(record.id, record.name, record, record.layout, options);
  window.createdAt = record.created_at;
  window.lastLayout = record.last_layout;
  window.oldLayout = record.old_layout;
  window.manualSize = record.manual_size;
  for (const stored of record.panes) {
    const pane = new Pane(stored.id, window, server.settings.paneScope(window, stored.options));
    pane.sessionId = stored.session_id;
    pane.adopted = stored.adopted;
    pane.argv = stored.argv;
    pane.shell = stored.shell;
    pane.cwd = stored.cwd;
    pane.startPath = stored.start_path;
    pane.title = stored.title;
    pane.titleOver = stored.title_over;
    pane.tty = stored.tty;
    pane.dead = stored.dead;
    pane.historyLimit = stored.history_limit;
    pane.mode = stored.mode;
    window.panes.push(pane);
    server.panes.set(pane.id, pane);
  }
  const byId = (id: number | null) => window.panes.find((pane) => pane.id === id);
  window.zoomed = byId(record.zoomed) ?? null;
  window.active = byId(record.active) ?? window.panes[0];
  window.lastPanes = record.last.flatMap((id) => byId(id) ?? []);
  server.windows.set(window.id, window);
  server.placePanes(window);
}

function restoreSession(server: TmuxServer, record: SessionRecord, groups: Map<string, SessionGroup>): void {
  const session = new Session(record.id, record.name, record.cwd, server.settings.sessionScope(record.options));
  session.createdAt = record.created_at;
  session.activityAt = record.activity_at;
  session.lastAttachedAt = record.last_attached_at;
  session.environment = EnvironmentTable.fromJSON(record.environment);
  for (const { index, window: id } of record.links) {
    const window = server.windows.get(id);
    if (window !== undefined) session.links.push(new Winlink(session, index, window));
  }
  session.current = record.current === null ? session.links[0] : (session.linkAt(record.current) ?? session.links[0]);
  session.lastLinks = record.last.flatMap((index) => session.linkAt(index) ?? []);
  if (record.group !== null) {
    const group = groups.get(record.group) ?? { name: record.group, sessions: [] };
    groups.set(record.group, group);
    group.sessions.push(session);
    session.group = group;
  }
  server.addSession(session);
}

/** Finds the program of a pane again. */
async function reunite(server: TmuxServer, pane: Pane): Promise<void> {
  if (pane.dead !== null) return;
  const bide = await server.programs.bide();
  let session: BideSession;
  try {
    ({ session } = await bide.request("session.resolve", { selector: { text: pane.sessionId }, fresh: true }));
  } catch {
    // Deleted meanwhile: nothing of it is left to show.
    return programEnded(server, pane, { exit_code: null, exit_signal: "SIGHUP" } as BideSession);
  }
  if (isRunning(session)) await server.programs.follow(pane, session);
  else await programEnded(server, pane, session);
}
