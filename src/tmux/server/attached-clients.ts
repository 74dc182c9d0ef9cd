// Clients that stay: a person's terminal that shows the active pane of its session's current window with a status row, and
// control clients. What they show follows the model; what becomes of them when a session goes is decided here.

import { textWidth, truncateToWidth } from "../../terminal/width.ts";
import type { Session } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import { expandNow } from "./expand.ts";
import { killSession } from "./pane-ends.ts";
import type { TmuxServer } from "./tmux-server.ts";
import { recalculateSizes, statusRows } from "./window-sizes.ts";

/** The client looks at a session from now on. */
export function attachClient(server: TmuxServer, client: TmuxClient, session: Session): void {
  const before = client.session;
  if (before !== undefined && before !== session) client.lastSession = before;
  client.session = session;
  client.activityAt = Date.now();
  session.lastAttachedAt = Math.floor(Date.now() / 1000);
  server.touch(session);
  session.current && clearAlerts(session.current);
  recalculateSizes(server);
  server.notifier.clientSessionChanged(client, before === undefined);
  showClient(server, client);
  if (before !== undefined && before !== session) endUnattached(server, before);
  server.changed();
}

/** destroy-unattached: a session goes with the last client that looked at it. The host's own end is nobody's leaving. */
export function endUnattached(server: TmuxServer, session: Session): void {
  if (server.stopping || !server.sessions.includes(session) || server.attachedTo(session) > 0) return;
  const policy = server.settings.text("destroy-unattached", { session });
  const others = session.group !== null && session.group.sessions.length > 1;
  const goes =
    policy === "keep-last"
      ? others
      : policy === "keep-group"
        ? others || session.group === null
        : policy === "on" || policy === "1";
  if (goes) killSession(server, session);
}

function clearAlerts(link: { activity: boolean; bell: boolean; silence: boolean }): void {
  Object.assign(link, { activity: false, bell: false, silence: false });
}

/** `detach-client`, or the person pressed the detach key. */
export function detachClient(server: TmuxServer, client: TmuxClient, exec?: string): void {
  const { session } = client;
  if (session === undefined) return;
  client.session = undefined;
  server.notifier.clientDetached(client, session);
  client.end(`[detached (from session ${session.name})]`, exec);
  recalculateSizes(server);
  endUnattached(server, session);
}

/** The session is no more: another one when detach-on-destroy is off, else the client ends. */
export function leaveSession(server: TmuxServer, client: TmuxClient, session: Session): void {
  const others = server.sessions.filter((one) => one !== session);
  const policy = server.settings.text("detach-on-destroy", { session });
  const next =
    policy === "off" || policy === "0"
      ? others.reduce<Session | undefined>(
          (best, one) => (!best || one.activityAt > best.activityAt ? one : best),
          undefined,
        )
      : policy === "no-detached"
        ? others.find((one) => server.attachedTo(one) === 0)
        : undefined;
  if (next !== undefined) return attachClient(server, client, next);
  client.session = undefined;
  server.notifier.clientDetached(client, session);
  client.end("[exited]");
}

/** Everybody who looks at something sees what it is now. */
export function showAll(server: TmuxServer): void {
  for (const client of server.attachedClients) showClient(server, client);
}

const shown = new WeakMap<TmuxClient, string>();

export function showClient(server: TmuxServer, client: TmuxClient): void {
  if (client.control || client.session === undefined) return;
  const pane = client.session.current?.window.active;
  if (pane === undefined || pane.sessionId === "") return;
  const what = {
    session_id: pane.sessionId,
    read_only: client.readOnly,
    status: statusRows(server, client.session) === 0 ? null : statusText(server, client),
    popup: client.popup,
    prefix: server.settings.text("prefix", { session: client.session }),
    prefix2: server.settings.text("prefix2", { session: client.session }),
    adopted: pane.adopted,
  };
  const text = JSON.stringify(what);
  if (shown.get(client) === text) return;
  shown.set(client, text);
  client.voice.show(what);
}

/** One row: the session, its windows with their flags, and what is on the right. Styles are left out. */
function statusText(server: TmuxServer, client: TmuxClient): string {
  const { session } = client;
  if (session === undefined) return "";
  if (client.message !== null) return client.message;
  const place = { session, client };
  const left = plain(expandNow(server, server.settings.text("status-left", { session }), place));
  const windows = session.links.map((link) => {
    const format = link === session.current ? "window-status-current-format" : "window-status-format";
    const window = link.window;
    return plain(expandNow(server, server.settings.text(format, { window }), { session, link, window, client }));
  });
  const right = plain(expandNow(server, server.settings.text("status-right", { session }), place));
  const begin = `${left}${windows.join(" ")}`;
  const room = client.cols - textWidth(begin) - textWidth(right);
  return room > 0 ? `${begin}${" ".repeat(room)}${right}` : truncateToWidth(begin, client.cols);
}

function plain(text: string): string {
  return text.replace(/#\[[^\]]*\]/g, "");
}
