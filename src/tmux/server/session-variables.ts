// The variables of tmux's formats that are about sessions, windows, clients, buffers and the server.

import { hostname } from "node:os";
import { userName } from "../../base/user-name.ts";
import { visibleLayout } from "../layout/layout.ts";
import { printLayout } from "../layout/layout-string.ts";
import type { Session, Window, Winlink } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import type { ResolvedPlace } from "./format-place.ts";
import { isLinked } from "./groups.ts";
import { currentCommand } from "./pane-variables.ts";
import type { PasteBuffer } from "./paste-buffers.ts";

type Value = string | number | boolean | undefined;

export const SERVER_VARIABLES: Readonly<Record<string, (place: ResolvedPlace) => Value>> = {
  host: () => hostname(),
  host_short: () => hostname().split(".", 1)[0],
  pid: () => process.pid,
  socket_path: ({ server }) => server.socket,
  start_time: ({ server }) => server.startedAt,
  version: () => "3.4",
  uid: () => process.getuid?.() ?? 0,
  user: () => userName() ?? "",
  config_files: ({ server }) => server.configFiles.join(","),
  current_file: () => undefined,
  next_session_id: ({ server }) => `$${server.nextSession}`,
  server_sessions: ({ server }) => server.sessions.length,
  sixel_support: () => 0,
};

export const SESSION_VARIABLES: Readonly<Record<string, (session: Session, place: ResolvedPlace) => Value>> = {
  session_id: (session) => `$${session.id}`,
  session_name: (session) => session.name,
  session_windows: (session) => session.links.length,
  session_attached: (session, { server }) => server.attachedTo(session),
  session_attached_list: (session, { server }) => clientNames(server.attachedClients, session),
  session_many_attached: (session, { server }) => server.attachedTo(session) > 1,
  session_created: (session) => session.createdAt,
  session_activity: (session) => Math.floor(session.activityAt / 1000),
  session_last_attached: (session) => (session.lastAttachedAt === 0 ? undefined : session.lastAttachedAt),
  session_path: (session) => session.cwd,
  session_format: (_session, { kind }) => kind === "session",
  session_marked: (session, { server }) => {
    const marked = server.marked?.window;
    return marked !== undefined && session.linkOf(marked) !== undefined;
  },
  session_alerts: (session) =>
    session.links
      .filter((link) => link.activity || link.bell || link.silence)
      .map((link) => `${link.index}${link.activity ? "#" : ""}${link.bell ? "!" : ""}${link.silence ? "~" : ""}`)
      .join(","),
  session_stack: (session) =>
    [session.current, ...session.lastLinks].flatMap((link) => (link === undefined ? [] : [link.index])).join(","),
  session_group: (session) => session.group?.name,
  session_grouped: (session) => session.group !== null,
  session_group_list: (session) => session.group?.sessions.map((one) => one.name).join(","),
  session_group_size: (session) => session.group?.sessions.length,
  session_group_attached: (session, { server }) =>
    session.group?.sessions.reduce((sum, one) => sum + server.attachedTo(one), 0),
  session_group_attached_list: (session, { server }) =>
    session.group?.sessions
      .map((one) => clientNames(server.attachedClients, one))
      .filter(Boolean)
      .join(","),
  session_group_many_attached: (session, { server }) =>
    session.group === null
      ? undefined
      : session.group.sessions.reduce((sum, one) => sum + server.attachedTo(one), 0) > 1,
  last_window_index: (session) => session.links.at(-1)?.index,
  active_window_index: (session) => session.current?.index,
};

export const LINK_VARIABLES: Readonly<Record<string, (link: Winlink, place: ResolvedPlace) => Value>> = {
  window_index: (link) => link.index,
  window_active: (link) => link.session.current === link,
  window_start_flag: (link) => link.session.links[0] === link,
  window_end_flag: (link) => link.session.links.at(-1) === link,
  window_last_flag: (link) => link.session.lastLinks[0] === link,
  window_activity_flag: (link) => link.activity,
  window_bell_flag: (link) => link.bell,
  window_silence_flag: (link) => link.silence,
  window_stack_index: (link) => {
    const at = link.session.lastLinks.indexOf(link);
    return at < 0 ? 0 : at + 1;
  },
  window_flags: (link, { server }) => flagsOf(link, server.marked?.window).replaceAll("#", "##"),
  window_raw_flags: (link, { server }) => flagsOf(link, server.marked?.window),
};

export const WINDOW_VARIABLES: Readonly<Record<string, (window: Window, place: ResolvedPlace) => Value>> = {
  window_id: (window) => `@${window.id}`,
  window_name: (window, place) => windowName(window, place),
  window_width: (window) => window.cols,
  window_height: (window) => window.rows,
  window_panes: (window) => window.panes.length,
  window_layout: (window) => printLayout(window.layout),
  window_visible_layout: (window) => printLayout(visibleLayout(window.layout, window.zoomed?.id)),
  window_zoomed_flag: (window) => window.zoomed !== null,
  window_activity: (window) => window.activityAt,
  window_marked_flag: (window, { server }) => server.marked?.window === window,
  window_linked: (window, { server, session }) =>
    session === undefined ? server.linksOf(window).length > 1 : isLinked(server, session, window),
  window_linked_sessions: (window, { server }) => server.linksOf(window).length,
  window_linked_sessions_list: (window, { server }) =>
    server
      .linksOf(window)
      .map((link) => link.session.name)
      .join(","),
  window_active_clients: (window, { server }) =>
    server.attachedClients.filter((client) => client.session?.current?.window === window).length,
  window_active_clients_list: (window, { server }) =>
    server.attachedClients
      .filter((client) => client.session?.current?.window === window)
      .map((one) => one.name)
      .join(","),
  window_active_sessions: (window, { server }) =>
    server.sessions.filter((session) => session.current?.window === window).length,
  window_active_sessions_list: (window, { server }) =>
    server.sessions
      .filter((session) => session.current?.window === window)
      .map((one) => one.name)
      .join(","),
  // Only for a client whose terminal is smaller than the window: ours always have the window's size.
  window_bigger: () => undefined,
  // What tmux takes for pixels of a cell while no terminal has told them.
  window_cell_height: () => 32,
  window_cell_width: () => 16,
  window_offset_x: () => undefined,
  window_offset_y: () => undefined,
  window_format: (_window, { kind }) => kind === "window",
};

export const CLIENT_VARIABLES: Readonly<Record<string, (client: TmuxClient, place: ResolvedPlace) => Value>> = {
  client_name: (client) => client.name,
  client_pid: (client) => client.hello.pid,
  client_tty: (client) => client.hello.terminal?.path ?? "",
  client_session: (client) => client.session?.name,
  client_last_session: (client) => client.lastSession?.name,
  client_width: (client) => (client.session === undefined && !client.control ? undefined : client.cols),
  client_height: (client) => (client.session === undefined && !client.control ? undefined : client.rows),
  client_created: (client) => Math.floor(client.createdAt / 1000),
  client_activity: (client) => Math.floor(client.activityAt / 1000),
  client_control_mode: (client) => client.control,
  client_readonly: (client) => client.readOnly,
  client_utf8: () => true,
  client_flags: (client) => flagsOfClient(client),
  client_prefix: () => false,
  client_key_table: (client) => client.keyTable,
  client_discarded: () => 0,
  client_written: () => 0,
  client_cell_height: () => 0,
  client_cell_width: () => 0,
  client_termname: (client) => client.hello.env.TERM ?? "",
  client_termtype: () => "",
  client_termfeatures: () => "",
  client_uid: (client) => client.hello.uid,
  client_user: () => userName() ?? "",
};

export const BUFFER_VARIABLES: Readonly<Record<string, (buffer: PasteBuffer) => Value>> = {
  buffer_name: (buffer) => buffer.name,
  buffer_size: (buffer) => buffer.data.length,
  buffer_created: (buffer) => buffer.createdAt,
  buffer_sample: (buffer) => sampleOf(buffer.data),
};

/** The start of a buffer on one line, as list-buffers shows it. */
export function sampleOf(data: Uint8Array, most = 200): string {
  const text = new TextDecoder().decode(data.subarray(0, most * 4));
  let sample = "";
  for (const character of text) {
    if (sample.length >= most) return `${sample}...`;
    const code = character.codePointAt(0) ?? 0;
    const known: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\" };
    sample += known[character] ?? (code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, "0")}` : character);
  }
  return data.length > most * 4 ? `${sample}...` : sample;
}

/** The name that was given, or that of the program in the active pane when automatic-rename is on. */
export function windowName(window: Window, place: ResolvedPlace): string {
  const { active } = window;
  if (active === undefined || !place.server.settings.flag("automatic-rename", { window })) return window.name;
  const facts = place.facts.get(active);
  // As tmux: a program that has printed nothing has not been looked at.
  if (facts === undefined || active.dead !== null || !place.server.programs.hasPrinted(active)) return window.name;
  const name = currentCommand(active, place.at({ pane: active }));
  if (name !== "") window.name = name;
  return window.name;
}

export function flagsOf(link: Winlink, markedWindow?: Window): string {
  const { session, window } = link;
  return [
    link.activity ? "#" : "",
    link.bell ? "!" : "",
    link.silence ? "~" : "",
    session.current === link ? "*" : "",
    session.lastLinks[0] === link ? "-" : "",
    markedWindow === window ? "M" : "",
    window.zoomed === null ? "" : "Z",
  ].join("");
}

function flagsOfClient(client: TmuxClient): string {
  const flags = [
    client.attached ? "attached" : "",
    client.attached && !client.control ? "focused" : "",
    client.control ? "control-mode" : "",
    client.flags.has("ignore-size") ? "ignore-size" : "",
    client.flags.has("no-output") ? "no-output" : "",
    client.flags.has("wait-exit") ? "wait-exit" : "",
    [...client.flags].find((flag) => flag.startsWith("pause-after")) ?? "",
    client.readOnly ? "read-only" : "",
    client.flags.has("active-pane") ? "active-pane" : "",
    "UTF-8",
  ];
  return flags.filter(Boolean).join(",");
}

function clientNames(clients: readonly TmuxClient[], session: Session): string {
  return clients
    .filter((client) => client.session === session)
    .map((client) => client.name)
    .join(",");
}
