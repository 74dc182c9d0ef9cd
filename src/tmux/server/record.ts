// The record of a tmux server: everything that must be there again when the host was killed and started anew, written as a
// whole after each command that changed something. Panes are found by the ids of their bide sessions, which live on.

import type { Session as BideSession } from "../../client/index.ts";
import type { Layout } from "../layout/layout.ts";
import type { Preset } from "../layout/presets.ts";
import { type EnvironmentEntry, EnvironmentTable } from "../model/environment-table.ts";
import { Pane, type PaneDeath, Session, type SessionGroup, Window, Winlink } from "../model/model.ts";
import { recordName } from "../wire/socket-path.ts";
import { programEnded } from "./pane-ends.ts";
import { isRunning } from "./pane-programs.ts";
import type { TmuxServer } from "./tmux-server.ts";

interface PaneRecord {
  readonly id: number;
  readonly session_id: string;
  readonly adopted: boolean;
  readonly argv: readonly string[];
  readonly shell: string;
  readonly cwd: string;
  readonly start_path: string;
  readonly title: string;
  readonly title_over: string | null;
  readonly tty: string;
  readonly dead: PaneDeath | null;
  readonly history_limit: number;
  readonly mode: string | null;
  readonly options: unknown;
}

interface WindowRecord {
  readonly id: number;
  readonly name: string;
  readonly cols: number;
  readonly rows: number;
  readonly layout: Layout;
  readonly zoomed: number | null;
  readonly panes: readonly PaneRecord[];
  readonly active: number | null;
  readonly last: readonly number[];
  readonly last_layout: Preset | null;
  readonly old_layout: string | null;
  readonly created_at: number;
  readonly manual_size: { cols: number; rows: number } | null;
  readonly options: unknown;
}

interface SessionRecord {
  readonly id: number;
  readonly name: string;
  readonly cwd: string;
  readonly created_at: number;
  readonly activity_at: number;
  readonly last_attached_at: number;
  readonly group: string | null;
  readonly links: readonly { readonly index: number; readonly window: number }[];
  readonly current: number | null;
  readonly last: readonly number[];
  readonly environment: Readonly<Record<string, EnvironmentEntry>>;
  readonly options: unknown;
}

interface ServerRecord {
  readonly schema_version: 1;
  readonly socket: string;
  readonly started_at: number;
  readonly next_session: number;
  readonly next_window: number;
  readonly next_pane: number;
  readonly sessions: readonly SessionRecord[];
  readonly windows: readonly WindowRecord[];
  readonly environment: Readonly<Record<string, EnvironmentEntry>>;
  readonly buffers: ReturnType<TmuxServer["buffers"]["toJSON"]>;
  readonly settings: unknown;
  /** Absent while nobody bound a key. */
  readonly keys?: unknown;
  readonly marked: number | null;
}

/** The socket that a record is of; undefined when it is none that this version can read. */
export function storedSocket(record: unknown): string | undefined {
  const { schema_version, socket } = (record ?? {}) as Partial<ServerRecord>;
  return schema_version === 1 && typeof socket === "string" ? socket : undefined;
}

export function writeRecord(server: TmuxServer): void {
  const record: ServerRecord = {
    schema_version: 1,
    socket: server.socket,
    started_at: server.startedAt,
    next_session: server.nextSession,
    next_window: server.nextWindow,
    next_pane: server.nextPane,
    sessions: server.sessions.map(sessionRecord),
    windows: [...server.windows.values()].map(windowRecord),
    environment: server.environment.toJSON(),
    buffers: server.buffers.toJSON(),
    settings: server.settings.toJSON(),
    ...(server.savedKeys !== undefined && { keys: server.savedKeys }),
    marked: server.marked?.id ?? null,
  };
  const written = server.surroundings.writeRecord(recordName(server.socket), record);
  if (!written.ok) server.say(`cannot write the record of this server: ${written.message}`);
}

function sessionRecord(session: Session): SessionRecord {
  return {
    id: session.id,
    name: session.name,
    cwd: session.cwd,
    created_at: session.createdAt,
    activity_at: session.activityAt,
    last_attached_at: session.lastAttachedAt,
    group: session.group?.name ?? null,
    links: session.links.map(({ index, window }) => ({ index, window: window.id })),
    current: session.current?.index ?? null,
    last: session.lastLinks.map((link) => link.index),
    environment: session.environment.toJSON(),
    options: session.options,
  };
}

function windowRecord(window: Window): WindowRecord {
  return {
    id: window.id,
    name: window.name,
    cols: window.cols,
    rows: window.rows,
    layout: window.layout,
    zoomed: window.zoomed?.id ?? null,
    panes: window.panes.map(paneRecord),
    active: window.active?.id ?? null,
    last: window.lastPanes.map((pane) => pane.id),
    last_layout: window.lastLayout,
    old_layout: window.oldLayout,
    created_at: window.createdAt,
    manual_size: window.manualSize,
    options: window.options,
  };
}

function paneRecord(pane: Pane): PaneRecord {
  return {
    id: pane.id,
    session_id: pane.sessionId,
    adopted: pane.adopted,
    argv: pane.argv,
    shell: pane.shell,
    cwd: pane.cwd,
    start_path: pane.startPath,
    title: pane.title,
    title_over: pane.titleOver,
    tty: pane.tty,
    dead: pane.dead,
    history_limit: pane.historyLimit,
    mode: pane.mode,
    options: pane.options,
  };
}

/** Makes a new server what the record says; programs that ended meanwhile are treated as if they ended now. */
export async function restoreServer(server: TmuxServer, stored: unknown): Promise<void> {
  const record = stored as ServerRecord;
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
