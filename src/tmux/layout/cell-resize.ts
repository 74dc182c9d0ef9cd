// How a change of size spreads through the cells below, and how much they can give. Used by every operation that
// changes a layout. Rule kept: the same cells get the same columns and rows as in tmux, one at a time in turn.

import { type Cell, hasBorderRow, setSize, siblingOf, sizeOf, type Tree } from "./cell-tree.ts";
import { type Direction, PANE_MINIMUM } from "./layout.ts";

/** How many columns or rows the cell could lose. */
export function spareOf(tree: Tree, cell: Cell, along: Direction): number {
  if (cell.kind === "pane") {
    const least = along === "rows" && hasBorderRow(tree, cell) ? PANE_MINIMUM + 1 : PANE_MINIMUM;
    return Math.max(0, sizeOf(cell, along) - least);
  }
  const spares = cell.cells.map((child) => spareOf(tree, child, along));
  return cell.kind === along ? spares.reduce((sum, spare) => sum + spare, 0) : Math.min(...spares);
}

/** Changes the size by `change` (negative: smaller; the caller has asked `spareOf`), and what is inside with it. */
export function adjust(tree: Tree, cell: Cell, along: Direction, change: number): void {
  setSize(cell, along, sizeOf(cell, along) + change);
  if (cell.kind === "pane") return;
  if (cell.kind !== along) {
    for (const child of cell.cells) adjust(tree, child, along, change);
    return;
  }
  let left = change;
  while (left !== 0) {
    const before = left;
    for (const child of cell.cells) {
      if (left === 0) break;
      if (left > 0) {
        adjust(tree, child, along, 1);
        left--;
      } else if (spareOf(tree, child, along) > 0) {
        adjust(tree, child, along, -1);
        left++;
      }
    }
    // Nobody can give any more: only a caller that did not ask gets here.
    if (left === before) return;
  }
}

/** Moves the border after `cell` by `change`: taking from the cells behind it, or with `opposite` before it. */
export function moveBorder(tree: Tree, cell: Cell, along: Direction, change: number, opposite: boolean): void {
  let needed = change;
  while (needed !== 0) {
    const moved = change > 0 ? grow(tree, cell, along, needed, opposite) : shrink(tree, cell, along, -needed);
    if (moved === 0) return;
    needed -= Math.sign(change) * moved;
  }
}

function grow(tree: Tree, cell: Cell, along: Direction, needed: number, opposite: boolean): number {
  const giver = firstWithSpare(tree, siblingOf(cell, 1), along, 1);
  const other = giver ?? (opposite ? firstWithSpare(tree, siblingOf(cell, -1), along, -1) : undefined);
  if (other === undefined) return 0;
  const size = Math.min(needed, spareOf(tree, other, along));
  adjust(tree, cell, along, size);
  adjust(tree, other, along, -size);
  return size;
}

function shrink(tree: Tree, cell: Cell, along: Direction, needed: number): number {
  const giver = firstWithSpare(tree, cell, along, -1);
  const taker = siblingOf(cell, 1);
  if (giver === undefined || taker === undefined) return 0;
  const size = Math.min(needed, spareOf(tree, giver, along));
  adjust(tree, taker, along, size);
  adjust(tree, giver, along, -size);
  return size;
}

function firstWithSpare(tree: Tree, from: Cell | undefined, along: Direction, step: 1 | -1): Cell | undefined {
  let cell = from;
  while (cell !== undefined && spareOf(tree, cell, along) === 0) cell = siblingOf(cell, step);
  return cell;
}

/** Gives the cells of a split the same size, the last one the rest. False when nothing changed. */
export function spreadCell(tree: Tree, parent: Cell): boolean {
  const count = parent.cells.length;
  if (count <= 1 || parent.kind === "pane") return false;
  const along = parent.kind;
  const size = sizeOf(parent, along) - (along === "rows" && hasBorderRow(tree, parent) ? 1 : 0);
  const each = Math.floor((size - (count - 1)) / count);
  if (each <= 0) return false;
  let changed = false;
  for (const [index, cell] of parent.cells.entries()) {
    const share = index === count - 1 ? size - (each + 1) * (count - 1) : each;
    const wanted = share + (along === "rows" && hasBorderRow(tree, cell) ? 1 : 0);
    const change = wanted - sizeOf(cell, along);
    adjust(tree, cell, along, change);
    changed ||= change !== 0;
  }
  return changed;
}
