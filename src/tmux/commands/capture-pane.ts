// capture-pane and clear-history: the rows of a pane as text.

import type { CommandHandler } from "../server/command-context.ts";
import { captureRows } from "../server/pane-capture.ts";

export const capturePane: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane } = found.value;
    let data: Uint8Array = new Uint8Array(0);
    // -P asks for what of a sequence has not been drawn yet; nothing of that is kept here.
    if (!args.has("P")) {
      const request = {
        start: rowOf(args.value("S"), 0, "start"),
        end: rowOf(args.value("E"), null, "end"),
        history_limit: pane.historyLimit,
        hidden: args.has("a"),
        join: args.has("J"),
        trim: !args.has("J") && !args.has("N"),
        ansi: args.has("e"),
        escaped: args.has("C"),
      };
      const rows = await captureRows(server, pane, request);
      if (rows === undefined && !args.has("q")) return context.fail("no alternate screen");
      // With -q tmux prints an empty line.
      data = rows ?? Uint8Array.of(10);
    }
    if (args.has("p")) {
      context.printBytes(data.length === 0 ? Uint8Array.of(10) : data);
      return undefined;
    }
    const name = args.value("b");
    if (name === undefined) server.buffers.add(data, server.settings.number("buffer-limit", {}));
    else server.buffers.set(name, data);
    server.changed();
    return undefined;
  },
};

/** `-` is the first row of the history, or the screen's last; what is no number means what is left out. */
function rowOf(text: string | undefined, otherwise: number | null, which: "start" | "end"): number | null {
  if (text === undefined) return otherwise;
  if (text === "-") return null;
  if (!/^\s*[+-]?\d+$/.test(text)) return which === "start" ? 0 : null;
  return Number(text);
}

export const clearHistory: CommandHandler = {
  async run(context) {
    const found = context.target("pane");
    if (!found.ok) return found;
    const link = await context.server.programs.link(found.value.pane);
    await link?.reset({ screen: false, history: true });
    return undefined;
  },
};
