// Other sizes for the same panes: the window's (a client resized, resize-window) and one pane's (resize-pane).

import { adjust, moveBorder, spareOf, spreadCell } from "./cell-resize.ts";
import { type Cell, findCell, freeze, siblingOf, sizeOf, type Tree, thaw } from "./cell-tree.ts";
import type { BorderStatus, Direction, Layout } from "./layout.ts";

/** The layout in a window of that size. It may stay larger: panes do not get smaller than one cell. */
export function resizeLayout(layout: Layout, width: number, height: number, border: BorderStatus = "off"): Layout {
  const tree = thaw(layout, border);
  resizeRoot(tree, "columns", width);
  resizeRoot(tree, "rows", height);
  return freeze(tree);
}

function resizeRoot(tree: Tree, along: Direction, size: number): void {
  const spare = spareOf(tree, tree.root, along);
  const change = size - sizeOf(tree.root, along);
  adjust(tree, tree.root, along, Math.max(change, -spare));
}

/**
 * Moves the border right of or below the pane by `change` cells; for the last one of its row or column the border
 * before it. resize-pane -R and -D are positive, -L and -U negative. Without such a border nothing changes.
 */
export function resizePane(
  layout: Layout,
  pane: number,
  along: Direction,
  change: number,
  border: BorderStatus = "off",
): Layout {
  const tree = thaw(layout, border);
  const cell = cellAlong(tree, pane, along);
  if (cell === undefined) return layout;
  const moved = siblingOf(cell, 1) === undefined ? siblingOf(cell, -1) : cell;
  if (moved !== undefined) moveBorder(tree, moved, along, change, true);
  return freeze(tree);
}

/** resize-pane -x and -y: the pane gets `size` cells as far as the others can give or take them. */
export function resizePaneTo(
  layout: Layout,
  pane: number,
  along: Direction,
  size: number,
  border: BorderStatus = "off",
): Layout {
  const cell = cellAlong(thaw(layout, border), pane, along);
  if (cell === undefined) return layout;
  const more = size - sizeOf(cell, along);
  return resizePane(layout, pane, along, siblingOf(cell, 1) === undefined ? -more : more, border);
}

/** select-layout -E: the panes beside it get the same size, else those of the nearest split that can change. */
export function spreadOut(layout: Layout, pane: number, border: BorderStatus = "off"): Layout {
  const tree = thaw(layout, border);
  let cell = findCell(tree.root, pane)?.parent;
  while (cell !== undefined && !spreadCell(tree, cell)) cell = cell.parent;
  return freeze(tree);
}

/** The pane's cell, or the one around it, that stands in a split of that direction. */
function cellAlong(tree: Tree, pane: number, along: Direction): Cell | undefined {
  let cell = findCell(tree.root, pane);
  while (cell !== undefined && cell.parent?.kind !== along) cell = cell.parent;
  return cell;
}
