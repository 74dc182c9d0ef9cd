// kill-pane, kill-window, kill-session, kill-server, unlink-window: what goes, and what goes with it.

import type { CommandHandler } from "../server/command-context.ts";
import { isLinked, synchronize } from "../server/groups.ts";
import { killPane, killServer, killSession, killWindow, unlink } from "../server/pane-ends.ts";

export const killPaneCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane, window } = found.value;
    if (!args.has("a")) killPane(server, pane);
    else for (const other of [...window.panes]) if (other !== pane) killPane(server, other);
    return undefined;
  },
};

export const killWindowCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { session, link, window } = found.value;
    if (!args.has("a")) killWindow(server, window);
    else for (const other of [...session.links]) if (other !== link) killWindow(server, other.window);
    return undefined;
  },
};

export const unlinkWindow: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { link, session, window } = found.value;
    const elsewhere = isLinked(server, session, window);
    if (!args.has("k") && !elsewhere) return context.fail("window only linked to one session");
    if (elsewhere) {
      unlink(server, link);
      synchronize(server, session);
    } else killWindow(server, window);
    return undefined;
  },
};

export const killSessionCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("session");
    if (!found.ok) return found;
    const { session } = found.value;
    if (args.has("C")) {
      for (const link of session.links) Object.assign(link, { activity: false, bell: false, silence: false });
    } else if (args.has("a")) {
      for (const other of server.sessions) if (other !== session) killSession(server, other);
    } else killSession(server, session);
    return undefined;
  },
};

export const killServerCommand: CommandHandler = {
  run({ server }) {
    killServer(server);
    return undefined;
  },
};
