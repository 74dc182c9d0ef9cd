// Panes that change places while the cells stay: swap-pane, rotate-window, and one pane in place of another.

import { type Layout, panesOf } from "./layout.ts";
import { withPanes } from "./layout-string.ts";

/** swap-pane within a window. */
export function swapPanes(layout: Layout, one: number, other: number): Layout {
  return withPanes(
    layout,
    panesOf(layout).map((pane) => (pane === one ? other : pane === other ? one : pane)),
  );
}

/** swap-pane between two windows: called for each of them. */
export function replacePane(layout: Layout, old: number, by: number): Layout {
  return withPanes(
    layout,
    panesOf(layout).map((pane) => (pane === old ? by : pane)),
  );
}

/** rotate-window: `up` (the default) gives every pane the place of the one before it, `down` of the one after. */
export function rotatePanes(layout: Layout, direction: "up" | "down"): Layout {
  const panes = panesOf(layout);
  return withPanes(
    layout,
    direction === "up" ? [...panes.slice(1), ...panes.slice(0, 1)] : [...panes.slice(-1), ...panes.slice(0, -1)],
  );
}
