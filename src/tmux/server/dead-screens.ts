// The screens of panes whose programs have ended and that stay (remain-on-exit): read once from the files of the bide
// session, with the row that says so below, and kept while somebody asks for them.

import type { PaneFacts } from "../../protocol/worker-messages.ts";
import type { LiveScreen } from "../../terminal/live-screen.ts";
import type { Pane, PaneDeath } from "../model/model.ts";
import type { CaptureRequest } from "./pane-link.ts";
import { storedScreen } from "./pane-link.ts";
import type { TmuxServer } from "./tmux-server.ts";

const screens = new WeakMap<PaneDeath, Promise<LiveScreen>>();

/** The terminal's model is loaded here at the first such pane, and only then. */
function screenOf(server: TmuxServer, pane: Pane, dead: PaneDeath): Promise<LiveScreen> {
  const known = screens.get(dead);
  if (known !== undefined) return known;
  const loading = load(server, pane, dead);
  screens.set(dead, loading);
  return loading;
}

async function load(server: TmuxServer, pane: Pane, dead: PaneDeath): Promise<LiveScreen> {
  const { LiveScreen } = await import("../../terminal/live-screen.ts");
  const { rows, scrollback } = await storedScreen(await server.programs.bide(), pane.sessionId).catch(() => ({
    rows: "",
    scrollback: "",
  }));
  const screen = new LiveScreen({
    rows: pane.rows,
    cols: pane.cols,
    offset: 0,
    earlier: new TextEncoder().encode(scrollback),
    onQuery: () => {},
    onTitle: () => {},
  });
  const text = rows.replace(/\n$/, "").replaceAll("\n", "\r\n");
  // As tmux draws it: one row up, and the notice on the last one.
  const notice = dead.text === "" ? "" : `\x1b[m\x1b[r\x1b[${pane.rows};1H\n${dead.text}`;
  screen.output(new TextEncoder().encode(`${text}${notice}`));
  return screen;
}

export async function deadFacts(server: TmuxServer, pane: Pane): Promise<PaneFacts | undefined> {
  if (pane.dead === null) return undefined;
  const screen = await screenOf(server, pane, pane.dead);
  return { tty: "", foreground_pid: null, command: "", cwd: null, screen: { ...screen.facts(true) } };
}

export async function captureDead(
  server: TmuxServer,
  pane: Pane,
  request: CaptureRequest,
): Promise<Uint8Array | undefined> {
  if (pane.dead === null) return undefined;
  const rows = (await screenOf(server, pane, pane.dead)).capture(request);
  return rows === null ? undefined : new TextEncoder().encode(rows);
}
