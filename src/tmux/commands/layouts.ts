// resize-pane, resize-window, select-layout and their relatives: sizes and places of panes.

import type { Direction } from "../layout/layout.ts";
import { applyLayoutString, printLayout } from "../layout/layout-string.ts";
import { applyPreset, findPreset, nextPreset, type PresetOptions } from "../layout/presets.ts";
import { rotatePanes } from "../layout/rearrange.ts";
import { resizePane as resizeBy, resizePaneTo, spreadOut } from "../layout/resize.ts";
import type { Window } from "../model/model.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { unzoom, zoom } from "../server/pane-ends.ts";
import type { TmuxServer } from "../server/tmux-server.ts";
import { applyLayout, extremeSize, recalculateSizes, resizeWindow } from "../server/window-sizes.ts";
import { numberProblem } from "./new-session.ts";

export const resizePaneCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane, window } = found.value;
    if (args.has("T") || args.has("M")) return undefined;
    if (args.has("Z")) {
      if (window.zoomed !== null) unzoom(server, window);
      else if (window.panes.length > 1) {
        window.zoomed = pane;
        server.activate(pane);
        applyLayout(server, window);
      }
      return undefined;
    }
    const adjustment = adjustmentOf(context);
    if (typeof adjustment === "string") return context.fail(adjustment);
    unzoom(server, window);
    const border = server.border(window);
    for (const [flag, along, word] of [
      ["x", "columns", "width"],
      ["y", "rows", "height"],
    ] as const) {
      const value = args.value(flag);
      if (value === undefined) continue;
      const whole = along === "columns" ? window.cols : window.rows;
      const size = sizeFrom(value, whole);
      if (typeof size === "string") return context.fail(`${word} ${size}`);
      const extra = along === "rows" && border !== "off" && hasBorder(window, pane.id, border) ? 1 : 0;
      window.layout = resizePaneTo(window.layout, pane.id, along, size + extra, border);
    }
    const moves: readonly (readonly [flag: string, along: Direction, sign: number])[] = [
      ["L", "columns", -1],
      ["R", "columns", 1],
      ["U", "rows", -1],
      ["D", "rows", 1],
    ];
    const move = moves.find(([flag]) => args.has(flag));
    if (move !== undefined) {
      window.layout = resizeBy(window.layout, pane.id, move[1], move[2] * adjustment, border);
    }
    applyLayout(server, window);
    return undefined;
  },
};

/** Whether the pane gives a row to its border line: the one at the edge does. */
function hasBorder(window: Window, pane: number, border: "top" | "bottom"): boolean {
  const here = window.panes.find((one) => one.id === pane);
  if (here === undefined) return false;
  return border === "top" ? here.top === 1 : here.top + here.rows === window.rows - 1;
}

function adjustmentOf({ args }: CommandContext): number | string {
  const text = args.text(0);
  if (text === undefined) return 1;
  const problem = numberProblem(text, 1, 2147483647);
  return problem === undefined ? Number(text) : `adjustment ${problem}`;
}

/** Cells, or a share of the window; a text is what is wrong. */
function sizeFrom(text: string, whole: number): number | string {
  const share = text.endsWith("%");
  const number = share ? text.slice(0, -1) : text;
  const problem = numberProblem(number, 0, share ? 100 : 2147483647);
  if (problem !== undefined) return problem;
  return share ? Math.floor((whole * Number(number)) / 100) : Number(number);
}

export const resizeWindowCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { window, session } = found.value;
    const adjustment = adjustmentOf(context);
    if (typeof adjustment === "string") return context.fail(adjustment);
    let { cols, rows } = window;
    for (const [flag, word] of [
      ["x", "width"],
      ["y", "height"],
    ] as const) {
      const value = args.value(flag);
      if (value === undefined) continue;
      const problem = numberProblem(value, 1, 10000);
      if (problem !== undefined) return context.fail(`${word} ${problem}`);
      if (flag === "x") cols = Number(value);
      else rows = Number(value);
    }
    if (args.has("L")) cols -= adjustment;
    else if (args.has("R")) cols += adjustment;
    else if (args.has("U")) rows -= adjustment;
    else if (args.has("D")) rows += adjustment;
    if (args.has("A") || args.has("a")) {
      ({ cols, rows } = extremeSize(server, session, args.has("A") ? "largest" : "smallest"));
    }
    const size = { cols: Math.min(10000, Math.max(1, cols)), rows: Math.min(10000, Math.max(1, rows)) };
    server.settings.setWindow(window, "window-size", "manual");
    window.manualSize = size;
    resizeWindow(server, window, size.cols, size.rows);
    recalculateSizes(server);
    return undefined;
  },
};

export const selectLayout: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { window, pane } = found.value;
    unzoom(server, window);
    const before = printLayout(window.layout);
    if (args.has("E")) {
      window.layout = spreadOut(window.layout, pane.id, server.border(window));
    } else if (args.has("n") || args.has("p")) {
      window.lastLayout = nextPreset(window.lastLayout ?? undefined, args.has("n") ? 1 : -1);
      window.layout = applyPreset(window.layout, window.lastLayout, presetOptions(server, window));
    } else {
      const name = args.text(0) ?? (args.has("o") ? (window.oldLayout ?? undefined) : undefined);
      if (name === undefined) {
        if (args.has("o") || window.lastLayout === null) return undefined;
        window.layout = applyPreset(window.layout, window.lastLayout, presetOptions(server, window));
      } else {
        const preset = args.has("o") ? undefined : findPreset(name);
        if (preset !== undefined) {
          window.lastLayout = preset;
          window.layout = applyPreset(window.layout, preset, presetOptions(server, window));
        } else {
          const applied = applyLayoutString(window.layout, name, server.border(window));
          if (!applied.ok) return context.fail(`${applied.message}: ${name}`);
          window.layout = applied.value;
          window.cols = applied.value.width;
          window.rows = applied.value.height;
        }
      }
    }
    window.oldLayout = before;
    applyLayout(server, window);
    recalculateSizes(server);
    return undefined;
  },
};

const stepLayout = (step: 1 | -1): CommandHandler => ({
  run(context) {
    const { server } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { window } = found.value;
    unzoom(server, window);
    window.oldLayout = printLayout(window.layout);
    window.lastLayout = nextPreset(window.lastLayout ?? undefined, step);
    window.layout = applyPreset(window.layout, window.lastLayout, presetOptions(server, window));
    applyLayout(server, window);
    return undefined;
  },
});

export const nextLayout = stepLayout(1);
export const previousLayout = stepLayout(-1);

export function presetOptions(server: TmuxServer, window: Window): PresetOptions {
  const text = (name: string) => server.settings.text(name, { window });
  return {
    mainWidth: text("main-pane-width"),
    mainHeight: text("main-pane-height"),
    otherWidth: text("other-pane-width"),
    otherHeight: text("other-pane-height"),
    border: server.border(window),
  };
}

export const rotateWindow: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.target("window");
    if (!found.ok) return found;
    const { window } = found.value;
    const zoomed = unzoom(server, window) && args.has("Z");
    const { active, panes } = window;
    const at = active === undefined ? 0 : panes.indexOf(active);
    window.layout = rotatePanes(window.layout, args.has("D") ? "down" : "up");
    applyLayout(server, window);
    const next = window.panes[at];
    if (next !== undefined) server.activate(next);
    if (zoomed) zoom(server, window);
    return undefined;
  },
};
