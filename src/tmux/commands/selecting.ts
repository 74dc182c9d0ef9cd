// select-pane, select-window and their relatives: which window is the session's current one, which pane the window's
// active one; and rename-session, rename-window.

import { neighbourOf, type Side } from "../layout/neighbours.ts";
import type { Pane, Session, Winlink } from "../model/model.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { cleanName } from "../server/names.ts";
import { unzoom } from "../server/pane-ends.ts";
import { recalculateSizes } from "../server/window-sizes.ts";

export const selectWindow: CommandHandler = {
  run(context) {
    const { args } = context;
    if (args.has("n") || args.has("p") || args.has("l")) {
      return step(context, args.has("n") ? "next" : args.has("p") ? "previous" : "last");
    }
    const found = context.target("window");
    if (!found.ok) return found;
    const { session, link } = found.value;
    if (args.has("T") && session.current === link) return step(context, "last", session);
    show(context, session, link);
    return undefined;
  },
};

const stepCommand = (which: "next" | "previous" | "last"): CommandHandler => ({
  run: (context) => step(context, which),
});

export const nextWindow = stepCommand("next");
export const previousWindow = stepCommand("previous");
export const lastWindow = stepCommand("last");

function step(context: CommandContext, which: "next" | "previous" | "last", known?: Session) {
  let session = known;
  if (session === undefined) {
    const found = context.target("session");
    if (!found.ok) return found;
    ({ session } = found.value);
  }
  const { links, current } = session;
  const alerted = context.args.has("a") ? links.filter((link) => link.activity || link.bell || link.silence) : links;
  let to: Winlink | undefined;
  if (which === "last") to = session.lastLinks[0];
  else if (current !== undefined) {
    const order = which === "next" ? links : [...links].reverse();
    const at = order.indexOf(current);
    const others = [...order.slice(at + 1), ...order.slice(0, at)];
    to = others.find((link) => alerted.includes(link));
  }
  if (to === undefined) return context.fail(`no ${which} window`);
  show(context, session, to);
  return undefined;
}

/** Makes the window current, for everybody who looks at the session. */
export function show({ server }: CommandContext, session: Session, link: Winlink): void {
  if (!session.select(link)) return;
  server.notifier.sessionWindowChanged(session);
  recalculateSizes(server);
  server.changed();
}

export const selectPane: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { window } = found.value;
    let { pane } = found.value;
    if (args.has("l")) {
      const last = window.lastPanes[0];
      if (last === undefined) return context.fail("no last pane");
      if (args.has("e") || args.has("d")) {
        last.inputOff = args.has("d");
        return undefined;
      }
      return makeActive(context, last);
    }
    if (args.has("m") || args.has("M")) {
      server.marked = args.has("M") || server.marked === pane ? undefined : pane;
      server.changed();
      return undefined;
    }
    const style = args.value("P");
    if (style !== undefined) {
      const failure =
        server.settings.setPane(pane, "window-style", style) ??
        server.settings.setPane(pane, "window-active-style", style);
      if (failure !== undefined) return context.fail(failure);
    }
    if (args.has("g")) {
      context.print(server.settings.text("window-style", { pane }));
      return undefined;
    }
    const side = (["L", "R", "U", "D"] as const).find((flag) => args.has(flag));
    if (side !== undefined) {
      const sides: Readonly<Record<"L" | "R" | "U" | "D", Side>> = { L: "left", R: "right", U: "up", D: "down" };
      const active = (id: number) => server.paneById(id)?.activePoint ?? 0;
      const id = neighbourOf(window.layout, pane.id, sides[side], active, server.border(window));
      const beside = id === undefined ? undefined : server.paneById(id);
      if (beside === undefined) return undefined;
      pane = beside;
    }
    if (args.has("e") || args.has("d")) {
      pane.inputOff = args.has("d");
      return undefined;
    }
    const title = args.value("T");
    if (title !== undefined) {
      const link = await server.programs.link(pane);
      const own = (await link?.facts({ screen: true, history: false }).catch(() => undefined))?.screen?.title;
      pane.title = await context.expand(title, { ...found.value, pane });
      pane.titleOver = typeof own === "string" ? own : "";
      server.notifier.paneTitleChanged(pane);
      server.changed();
      return undefined;
    }
    return makeActive(context, pane);
  },
};

export const lastPane: CommandHandler = {
  run(context) {
    const found = context.target("window");
    if (!found.ok) return found;
    const last = found.value.window.lastPanes[0];
    if (last === undefined) return context.fail("no last pane");
    if (context.args.has("e") || context.args.has("d")) {
      last.inputOff = context.args.has("d");
      return undefined;
    }
    return makeActive(context, last);
  },
};

export function makeActive({ server, args }: CommandContext, pane: Pane): undefined {
  const { window } = pane;
  if (window.zoomed !== null && window.zoomed !== pane) {
    if (args.has("Z")) {
      window.zoomed = pane;
      server.placePanes(window);
    } else unzoom(server, window);
  }
  const before = window.active;
  if (!server.activate(pane)) return undefined;
  server.notifier.windowPaneChanged(window);
  if (before !== undefined) server.notifier.paneFocus(before, false);
  server.notifier.paneFocus(pane, true);
  return undefined;
}

export const renameSession: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("session");
    if (!found.ok) return found;
    const { session } = found.value;
    const expanded = await context.expand(args.text(0) ?? "", found.value);
    const name = cleanName(expanded);
    if (name === "") return context.fail(`invalid session: ${expanded}`);
    if (name === session.name) return undefined;
    if (server.sessionNamed(name) !== undefined) return context.fail(`duplicate session: ${name}`);
    session.name = name;
    server.notifier.sessionRenamed(session);
    server.changed();
    return undefined;
  },
};

export const renameWindow: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { window } = found.value;
    window.name = await context.expand(args.text(0) ?? "", found.value);
    server.settings.setWindow(window, "automatic-rename", "off");
    server.notifier.windowRenamed(window);
    server.changed();
    return undefined;
  },
};
