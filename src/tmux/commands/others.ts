// The rest: commands with little to do here. Modes are entered and left without a screen of their own, messages are kept,
// a client's flags and size are set.

import type { CommandHandler } from "../server/command-context.ts";
import { recalculateSizes } from "../server/window-sizes.ts";
import { setClientFlags } from "./attach-session.ts";
import { numberProblem } from "./new-session.ts";

/** copy-mode, clock-mode, choose-*: the pane is in a mode until `send-keys -X cancel`; nothing is drawn. */
const enterMode = (name: string): CommandHandler => ({
  run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const source = args.has("s") ? context.target("pane", {}, "s") : found;
    if (!source.ok) return source;
    const { pane } = found.value;
    if (args.has("q")) pane.mode = null;
    else pane.mode = name;
    server.notifier.paneModeChanged(pane);
    server.changed();
    return undefined;
  },
});

export const copyMode = enterMode("copy-mode");
export const clockMode = enterMode("clock-mode");
export const treeMode = enterMode("tree-mode");
export const bufferMode = enterMode("buffer-mode");
export const clientMode = enterMode("client-mode");
export const optionsMode = enterMode("options-mode");

export const showMessages: CommandHandler = {
  run(context) {
    const about = context.args.has("t") ? context.attachedClient(context.args.value("t")) : undefined;
    if (about?.ok === false) return about;
    for (const message of context.args.has("J") || context.args.has("T")
      ? []
      : [...context.server.messages].reverse()) {
      context.print(message);
    }
    return undefined;
  },
};

export const refreshClient: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.attachedClient(args.value("t"));
    if (!found.ok) return found;
    const client = found.value;
    const flags = args.value("f") ?? args.value("F");
    if (flags !== undefined) setClientFlags(client, flags);
    const size = args.value("C");
    if (size !== undefined || args.has("A") || args.has("B")) {
      if (!client.control) return context.fail("not a control client");
    }
    for (const subscription of args.valuesOf("B")) client.subscribe?.(subscription);
    for (const pane of args.valuesOf("A")) client.paneState?.(pane);
    if (size !== undefined) {
      const match = /^(?:@\d+:)?(\d+)[,x](\d+)$/.exec(size);
      if (match === null) return context.fail("bad size argument");
      const cols = Number(match[1]);
      const rows = Number(match[2]);
      for (const [value, most] of [
        [cols, 10000],
        [rows, 10000],
      ] as const) {
        if (numberProblem(String(value), 1, most) !== undefined) return context.fail("size too small or too big");
      }
      client.cols = cols;
      client.rows = rows;
      client.sized = true;
    }
    recalculateSizes(server);
    return undefined;
  },
};

/** Accepted without any effect, because there is nobody to show it to; the log of the call says so. */
export const withoutEffect: CommandHandler = {
  run(context) {
    context.client.unsupported.push(context.command.entry.name);
    return undefined;
  },
};
