// display-popup: a program in a box over what an attached client sees. Its session is one of bide's like a pane's, but in no
// window; the command waits until the box is closed, and ends with the program's code when -E closes it.

import { singlePane } from "../layout/layout.ts";
import { Pane, Window } from "../model/model.ts";
import { showClient } from "../server/attached-clients.ts";
import type { TmuxClient } from "../server/client.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { openPopup } from "../server/popups.ts";
import { startOf } from "./start-of.ts";

export const displayPopup: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const shown = context.attachedClient(args.value("c"));
    if (!shown.ok) return shown;
    const client = shown.value;
    if (args.has("C")) {
      client.closePopup?.();
      return undefined;
    }
    if (client.control || client.popup !== null) return undefined;
    const size = sizeOf(context, client);
    if (typeof size === "string") return context.fail(size);
    const border = !args.has("B") && args.value("b") !== "none";
    const inner = border ? 2 : 0;
    if (size.cols <= inner || size.rows <= inner) return undefined;
    const place = placeOf(context, client, size);
    const { session } = found.value;
    const start = await startOf(context, session, found.value);
    const window = new Window(
      -1,
      "popup",
      { cols: size.cols - inner, rows: size.rows - inner },
      singlePane(-1, size.cols - inner, size.rows - inner),
      server.settings.windowScope(),
    );
    const pane = new Pane(-1, window, server.settings.paneScope(window));
    Object.assign(pane, { cols: size.cols - inner, rows: size.rows - inner, cwd: start.cwd });
    const directory = args.value("d");
    const popup = await openPopup(server, client, pane, {
      ...start,
      ...(directory && { cwd: await context.expand(directory, found.value) }),
    });
    if (typeof popup === "string") return context.fail(popup);
    client.popup = {
      session_id: popup.sessionId,
      ...place,
      ...size,
      border,
      title: await context.expand(args.value("T") ?? "", found.value),
    };
    showClient(server, client);
    context.code = await popup.closed(args.count("E"));
    client.popup = null;
    showClient(server, client);
    return undefined;
  },
};

/** `-w`, `-h`: cells or a share of the client's terminal; half of it without. A text is tmux's failure. */
function sizeOf({ args }: CommandContext, client: TmuxClient): { cols: number; rows: number } | string {
  const size = { cols: Math.floor(client.cols / 2), rows: Math.floor(client.rows / 2) };
  for (const [flag, key, whole, word] of [
    ["w", "cols", client.cols, "width"],
    ["h", "rows", client.rows, "height"],
  ] as const) {
    const text = args.value(flag);
    if (text === undefined) continue;
    const share = text.endsWith("%");
    const number = share ? text.slice(0, -1) : text;
    if (!/^\d+$/.test(number)) return `${word} invalid`;
    size[key] = Math.min(whole, share ? Math.floor((whole * Number(number)) / 100) : Number(number));
  }
  return size;
}

/** `-x`, `-y`: cells from the top left (y is the bottom row), `C` or nothing the middle. */
function placeOf({ args }: CommandContext, client: TmuxClient, { cols, rows }: { cols: number; rows: number }) {
  const x = args.value("x");
  const y = args.value("y");
  const middle = { x: Math.floor((client.cols - cols) / 2), y: Math.floor((client.rows - rows) / 2) };
  const left = x !== undefined && /^\d+$/.test(x) ? Number(x) : x === "R" ? client.cols - cols : middle.x;
  const top = y !== undefined && /^\d+$/.test(y) ? Number(y) - rows : middle.y;
  return { x: Math.max(0, Math.min(left, client.cols - cols)), y: Math.max(0, Math.min(top, client.rows - rows)) };
}
