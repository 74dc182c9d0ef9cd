// A bide session that no tmux server started becomes a pane when something inside it calls tmux: agents that are told by
// TMUX that they run inside one expect to find themselves there. It gets a session of its own, named as bide names it, and
// keeps its pane id, because in the default namespace those are bide's.

import { singlePane } from "../layout/layout.ts";
import { Pane, Session, Window, Winlink } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import { cleanName } from "./names.ts";
import { isRunning } from "./pane-programs.ts";
import { programName } from "./program-name.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Adopts the session that the client runs in, when this server does not know its pane. */
export async function adoptPane(server: TmuxServer, client: TmuxClient): Promise<void> {
  const { hello } = client;
  const name = hello.env.TMUX_PANE ?? hello.pane;
  if (!server.isDefault || !name || !/^%\d{1,9}$/.test(name)) return;
  // The environment of a pane that was started elsewhere and inherited: only the session's own word counts.
  if (hello.env.BIDE_PANE !== name) return;
  const id = Number(name.slice(1));
  if (server.panes.has(id)) return;
  await (server.adopting.get(id) ?? adopt(server, id, name));
}

async function adopt(server: TmuxServer, id: number, name: string): Promise<void> {
  const adopting = (async () => {
    const bide = await server.programs.bide();
    const found = await bide.request("session.resolve", { selector: { text: name } }).catch(() => undefined);
    if (found === undefined || !isRunning(found.session) || server.panes.has(id)) return;
    const { session: own } = found;
    const size = { cols: own.cols, rows: own.rows };
    const { settings } = server;
    const window = new Window(
      server.nextWindow,
      programName(own.argv.join(" ")),
      size,
      singlePane(id, size.cols, size.rows),
      settings.windowScope(),
    );
    server.nextWindow += 1;
    const pane = new Pane(id, window, settings.paneScope(window));
    pane.adopted = true;
    pane.argv = own.argv;
    pane.shell = own.argv[0] ?? "";
    pane.cwd = own.cwd;
    pane.startPath = own.cwd;
    pane.title = own.title || server.hostName;
    pane.sessionId = own.session_id;
    Object.assign(pane, { left: 0, top: 0, cols: size.cols, rows: size.rows });
    window.panes = [pane];
    window.active = pane;
    server.panes.set(id, pane);
    server.windows.set(window.id, window);
    const wanted = cleanName(own.name);
    const session = new Session(
      server.nextSession,
      server.sessionNamed(wanted) === undefined ? wanted : server.freeSessionName(),
      own.cwd,
      settings.sessionScope(),
    );
    server.nextSession += 1;
    const link = new Winlink(session, server.freeIndex(session), window);
    session.insert(link);
    session.current = link;
    server.addSession(session);
    await server.programs.follow(pane, own);
    server.flush();
  })();
  server.adopting.set(id, adopting);
  await adopting.finally(() => server.adopting.delete(id));
}
