// The rows of a pane as text: of a program that runs, or of the last screen of one that ended, also when it ends right
// now. Used by capture-pane and by formats that search a pane.

import type { Pane } from "../model/model.ts";
import { captureDead } from "./dead-screens.ts";
import type { CaptureRequest } from "./pane-link.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Undefined when there is no such screen. */
export async function captureRows(
  server: TmuxServer,
  pane: Pane,
  request: CaptureRequest,
): Promise<Uint8Array | undefined> {
  const link = await server.programs.link(pane);
  if (link !== undefined) {
    try {
      return await link.capture(request);
    } catch {
      await link.gone;
    }
  }
  await server.programs.ended(pane);
  return captureDead(server, pane, request);
}

/** What the screen shows, row by row. */
export async function shownRows(server: TmuxServer, pane: Pane): Promise<readonly string[]> {
  const rows = await captureRows(server, pane, {
    start: 0,
    end: null,
    history_limit: pane.historyLimit,
    hidden: false,
    join: false,
    trim: true,
    ansi: false,
    escaped: false,
  });
  return new TextDecoder().decode(rows).split("\n");
}
