// respawn-pane and respawn-window: another program in the same pane, which keeps its id, its title and its history.

import { singlePane } from "../layout/layout.ts";
import type { Pane, Session } from "../model/model.ts";
import type { CommandContext, CommandHandler, CommandResult } from "../server/command-context.ts";
import { killPane } from "../server/pane-ends.ts";
import { applyLayout } from "../server/window-sizes.ts";
import type { Target } from "../targets/target.ts";
import { startOf } from "./start-of.ts";

export const respawnPane: CommandHandler = {
  async run(context) {
    const found = context.target("pane");
    if (!found.ok) return found;
    const { session, link, pane } = found.value;
    if (pane.dead === null && !context.args.has("k")) {
      const index = pane.window.panes.indexOf(pane) + context.server.paneBase(pane.window);
      return context.fail(`respawn pane failed: pane ${session.name}:${link.index}.${index} still active`);
    }
    return respawn(context, found.value, pane, session);
  },
};

export const respawnWindow: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { session, link, window } = found.value;
    if (!args.has("k") && window.panes.some((pane) => pane.dead === null)) {
      return context.fail(`respawn window failed: window ${session.name}:${link.index} still active`);
    }
    const [first, ...others] = window.panes;
    if (first === undefined) return undefined;
    for (const pane of others) killPane(server, pane);
    window.layout = singlePane(first.id, window.cols, window.rows);
    applyLayout(server, window);
    return respawn(context, found.value, first, session);
  },
};

async function respawn(context: CommandContext, target: Target, pane: Pane, session: Session): Promise<CommandResult> {
  const { server, args } = context;
  const start = await startOf(context, session, target);
  if (args.has("c")) {
    pane.cwd = start.cwd;
    pane.startPath = start.cwd;
  }
  const command = args.values.length === 0 ? undefined : start.argv;
  const failure = await server.programs.restart(pane, start, command);
  pane.mode = null;
  server.changed();
  return failure === undefined ? undefined : context.fail(failure);
}
