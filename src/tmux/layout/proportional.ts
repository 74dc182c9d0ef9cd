// Fits the cells of a split into another size in proportion to what they had: for a split over the whole window
// (`split-window -f`), where the layout that is there must make room.

import { spareOf } from "./cell-resize.ts";
import { type Cell, setSize, sizeOf, type Tree } from "./cell-tree.ts";
import { type Direction, PANE_MINIMUM } from "./layout.ts";

/** The size that a cell gets out of `size`, of which `left` are not given away and `count` cells still wait. */
function shareOf(
  tree: Tree,
  cell: Cell,
  along: Direction,
  now: { readonly previous: number; readonly size: number; readonly count: number; readonly left: number },
): number {
  if (now.count === 1) return now.left;
  const fixed = sizeOf(cell, along) - spareOf(tree, cell, along);
  const least = Math.max((PANE_MINIMUM + 1) * (now.count - 1), fixed);
  const most = now.left - least;
  const share = Math.floor((sizeOf(cell, along) * now.size) / now.previous);
  return Math.max(Math.min(share, most), PANE_MINIMUM);
}

/** True when the cell and all inside it fit into the size along a direction. */
export function fits(tree: Tree, cell: Cell, along: Direction, size: number): boolean {
  if (cell.kind === "pane") return size >= PANE_MINIMUM;
  if (cell.kind !== along) {
    return cell.cells.every((child) => child.kind === "pane" || fits(tree, child, along, size));
  }
  const count = cell.cells.length;
  const previous = sizeOf(cell, along);
  let left = size;
  if (left < count * 2 - 1) return false;
  return cell.cells.every((child, index) => {
    const share = shareOf(tree, child, along, { previous, size, count: count - index, left });
    const border = index === count - 1 ? 0 : 1;
    if (share + border > left) return false;
    left -= share + border;
    return fits(tree, child, along, share);
  });
}

/** Gives the cells inside the sizes that fit their parent's, which has been set. */
export function refit(tree: Tree, cell: Cell): void {
  if (cell.kind === "pane") return;
  const along = cell.kind;
  const across = along === "columns" ? "rows" : "columns";
  const count = cell.cells.length;
  const previous = cell.cells.reduce((sum, child) => sum + sizeOf(child, along), count - 1);
  const size = sizeOf(cell, along);
  let left = size;
  for (const [index, child] of cell.cells.entries()) {
    setSize(child, across, sizeOf(cell, across));
    const share = shareOf(tree, child, along, { previous, size, count: count - index, left });
    setSize(child, along, share);
    left -= share + 1;
    refit(tree, child);
  }
}
