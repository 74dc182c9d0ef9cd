// has-session and the list commands: what there is, in tmux's order, through a format, past a filter.

import { COMMANDS, commandVariables, describeCommand } from "../argv/command-table.ts";
import { findCommand } from "../argv/find-command.ts";
import { expandFormat } from "../formats/expand.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { expandAll, type FormatPlace, isTrue } from "../server/expand.ts";

const SESSION_LINE =
  "#{session_name}: #{session_windows} windows (created #{t:session_created})#{?session_grouped, (group ,}" +
  "#{session_group}#{?session_grouped,),}#{?session_attached, (attached),}";
const WINDOW_LINE =
  "#{window_index}: #{window_name}#{window_raw_flags} (#{window_panes} panes) [#{window_width}x#{window_height}] " +
  "[layout #{window_layout}] #{window_id}#{?window_active, (active),}";
const WINDOW_LINE_ALL =
  "#{session_name}:#{window_index}: #{window_name}#{window_raw_flags} (#{window_panes} panes) " +
  "[#{window_width}x#{window_height}] ";
const PANE_DETAILS =
  "[#{pane_width}x#{pane_height}] [history #{history_size}/#{history_limit}, #{history_bytes} bytes] #{pane_id}" +
  "#{?pane_active, (active),}#{?pane_dead, (dead),}";
const CLIENT_LINE =
  "#{client_name}: #{session_name} [#{client_width}x#{client_height} #{client_termname}] " +
  "#{?#{!=:#{client_uid},#{uid}},[user #{?client_user,#{client_user},#{client_uid},}] ,}" +
  "#{?client_flags,(,}#{client_flags}#{?client_flags,),}";
const BUFFER_LINE = '#{buffer_name}: #{buffer_size} bytes: "#{buffer_sample}"';

export const hasSession: CommandHandler = {
  run(context) {
    const found = context.target("session");
    return found.ok ? undefined : found;
  },
};

export const listSessions: CommandHandler = {
  run: (context) =>
    list(
      context,
      context.server.sessions.map((session) => ({ session })),
      SESSION_LINE,
    ),
};

export const listWindows: CommandHandler = {
  run(context) {
    if (context.args.has("a")) {
      const links = context.server.sessions.flatMap((session) => session.links);
      return list(
        context,
        links.map((link) => ({ session: link.session, link })),
        WINDOW_LINE_ALL,
      );
    }
    const found = context.target("session");
    if (!found.ok) return found;
    const { session } = found.value;
    return list(
      context,
      session.links.map((link) => ({ session, link })),
      WINDOW_LINE,
    );
  },
};

export const listPanes: CommandHandler = {
  run(context) {
    const { server, args } = context;
    if (args.has("a")) {
      return list(
        context,
        placesOf(server.sessions.flatMap((session) => session.links)),
        `#{session_name}:#{window_index}.#{pane_index}: ${PANE_DETAILS}`,
      );
    }
    const found = context.target(args.has("s") ? "session" : "window");
    if (!found.ok) return found;
    const { session, link } = found.value;
    if (args.has("s")) return list(context, placesOf(session.links), `#{window_index}.#{pane_index}: ${PANE_DETAILS}`);
    return list(context, placesOf([link]), `#{pane_index}: ${PANE_DETAILS}`);
  },
};

function placesOf(links: readonly NonNullable<FormatPlace["link"]>[]): FormatPlace[] {
  return links.flatMap((link) =>
    link.window.panes.map((pane) => ({ session: link.session, link, window: link.window, pane })),
  );
}

export const listClients: CommandHandler = {
  run(context) {
    const { server, args } = context;
    let clients = server.attachedClients;
    if (args.has("t")) {
      const found = context.target("session");
      if (!found.ok) return found;
      const { session } = found.value;
      clients = clients.filter((client) => client.session === session);
    }
    return list(
      context,
      clients.map((client) => ({ client, session: client.session })),
      CLIENT_LINE,
    );
  },
};

export const listBuffers: CommandHandler = {
  run: (context) =>
    list(
      context,
      context.server.buffers.all.map((buffer) => ({ buffer })),
      BUFFER_LINE,
    ),
};

async function list(context: CommandContext, places: readonly FormatPlace[], otherwise: string): Promise<undefined> {
  const { server, args } = context;
  const format = args.value("F") ?? otherwise;
  const filter = args.value("f");
  const extra = { line: "0" };
  const wide = places.map((place, line) => ({ ...place, extra: { ...extra, line: String(line) } }));
  const rows = await expandAll(server, filter === undefined ? [format] : [format, filter], wide);
  for (const [line = "", kept] of rows) if (kept === undefined || isTrue(kept)) context.print(line);
  return undefined;
}

export const listCommands: CommandHandler = {
  run(context) {
    const { args } = context;
    const name = args.text(0);
    const format = args.value("F");
    const found = name === undefined ? undefined : findCommand(name);
    // A name that there is not is no failure (oracle, 3.3a).
    if (found !== undefined && !found.ok) return undefined;
    for (const entry of found === undefined ? COMMANDS : [found.value]) {
      const variables = commandVariables(entry);
      context.print(
        format === undefined ? describeCommand(entry) : expandFormat(format, { variable: (key) => variables[key] }),
      );
    }
    return undefined;
  },
};
