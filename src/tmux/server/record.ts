// Writes the record of a tmux server: everything that must be there again when the host was killed and started anew, as a
// whole after each command that changed something. restore-server.ts reads it.

import type { Pane, Session, Window } from "../model/model.ts";
import { recordName } from "../wire/socket-path.ts";
import type { PaneRecord, ServerRecord, SessionRecord, WindowRecord } from "./record-shape.ts";
import type { TmuxServer } from "./tmux-server.ts";

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
