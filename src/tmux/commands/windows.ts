// new-window and split-window: one more window, one more pane.

import type { Direction } from "../layout/layout.ts";
import { splitPane } from "../layout/split.ts";
import { splitVisibly } from "../server/cmux-split.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { synchronize } from "../server/groups.ts";
import { newPane, newWindow } from "../server/new-panes.ts";
import { makeRoom } from "../server/pane-ends.ts";
import { sizeForNew } from "../server/window-sizes.ts";
import type { Target } from "../targets/target.ts";
import { numberProblem } from "./new-session.ts";
import { startOf } from "./start-of.ts";

export const newWindowCommand: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("window", { index: true });
    if (!found.ok) return found;
    const { session } = found.value;
    let { index } = found.value;
    const given = args.value("n");
    const name = given === undefined ? undefined : await context.expand(given, { ...found.value });
    if (args.has("S") && name !== undefined && index === null) {
      const there = session.links.filter((link) => link.window.name === name);
      if (there.length > 1) return context.fail(`multiple windows named ${name}`);
      if (there[0] !== undefined) {
        if (!args.has("d") && session.select(there[0])) server.notifier.sessionWindowChanged(session);
        return undefined;
      }
    }
    const start = await startOf(context, session, found.value);
    if (args.has("a") || args.has("b")) index = insertAt(context, found.value, args.has("b"));
    const before = index === null ? undefined : session.linkAt(index);
    if (before !== undefined && !args.has("k")) return context.fail(`create window failed: index ${index} in use`);
    const wasCurrent = before !== undefined && session.current === before;
    const size = sizeForNew(server, session);
    if (before !== undefined) {
      makeRoom(server, before);
      if (wasCurrent) session.current = undefined;
    }
    const made = await newWindow(server, {
      session,
      index: index ?? server.freeIndex(session),
      name,
      size,
      start,
      select: !args.has("d") || wasCurrent,
    });
    if (typeof made === "string") return context.fail(made);
    // Others may have moved up for it.
    synchronize(server, session);
    await printPlace(
      context,
      { ...found.value, link: made, window: made.window, pane: made.window.active },
      "#{session_name}:#{window_index}.#{pane_index}",
    );
    return undefined;
  },
};

export const splitWindow: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { session, link, window, pane } = found.value;
    const direction: Direction = args.has("h") ? "columns" : "rows";
    const size = splitSize(context, found.value, direction);
    if (typeof size === "string") return context.fail(size);
    const start = await startOf(context, session, found.value);
    const made = await splitVisibly(context, async () => {
      const id = server.takePaneId();
      const layout = splitPane(window.layout, {
        pane: pane.id,
        added: id,
        direction,
        size,
        before: args.has("b"),
        full: args.has("f"),
        border: server.border(window),
      });
      if (layout === undefined || !server.panes.has(pane.id)) return "no space for new pane";
      return newPane(server, window, id, layout, start, !args.has("d"));
    });
    if (typeof made === "string") return context.fail(made);
    if (args.has("Z")) window.zoomed = window.active ?? null;
    await printPlace(context, { session, link, window, pane: made }, "#{session_name}:#{window_index}.#{pane_index}");
    return undefined;
  },
};

/** `-l`, `-p`: cells or a share of the pane (of the window with -f). A text is tmux's failure. */
export function splitSize({ args }: CommandContext, target: Target, direction: Direction): number | undefined | string {
  const { pane, window } = target;
  const whole = args.has("f")
    ? direction === "columns"
      ? window.cols
      : window.rows
    : direction === "columns"
      ? pane.cols
      : pane.rows;
  const length = args.value("l");
  const share = args.value("p");
  if (length !== undefined) {
    if (length.endsWith("%")) {
      const text = length.slice(0, -1);
      const problem = numberProblem(text, 0, 2147483647);
      return problem === undefined ? Math.floor((whole * Number(text)) / 100) : `percentage ${problem}`;
    }
    const problem = numberProblem(length, 0, 2147483647);
    return problem === undefined ? Number(length) : `lines ${problem}`;
  }
  if (share === undefined) return undefined;
  const problem = numberProblem(share, 0, 2147483647);
  return problem === undefined ? Math.floor((whole * Number(share)) / 100) : `create pane failed: -p ${problem}`;
}

export async function printPlace(
  context: CommandContext,
  place: Parameters<CommandContext["expand"]>[1],
  otherwise: string,
): Promise<void> {
  if (context.args.has("P")) context.print(await context.expand(context.args.value("F") ?? otherwise, place));
}

/** Makes room at the target's index, or behind it; the windows that stand there move up. */
export function insertAt({ server }: CommandContext, target: Target, before: boolean): number {
  const { session } = target;
  const at = (target.index ?? target.link.index) + (before ? 0 : 1);
  let free = at;
  while (session.linkAt(free) !== undefined) free += 1;
  for (const link of [...session.links].reverse()) {
    if (link.index >= at && link.index < free) link.index += 1;
  }
  server.changed();
  return at;
}
