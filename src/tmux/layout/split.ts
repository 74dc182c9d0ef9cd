// A pane more (split-window, join-pane) and a pane less (kill-pane, break-pane, the end of a program).
// Rule kept: 70% of 200 columns are 140, a border and 59, as in tmux.

import { adjust } from "./cell-resize.ts";
import {
  type Cell,
  findCell,
  freeze,
  hasBorderRow,
  newCell,
  replaceCell,
  setSize,
  sizeOf,
  type Tree,
  thaw,
} from "./cell-tree.ts";
import { type BorderStatus, type Direction, type Layout, PANE_MINIMUM } from "./layout.ts";
import { fits, refit } from "./proportional.ts";

export interface Split {
  /** The pane that gives the room, and the new one. */
  readonly pane: number;
  readonly added: number;
  /** `columns` for -h, `rows` for -v. */
  readonly direction: Direction;
  /** Cells of the new pane along the direction; undefined: half. */
  readonly size?: number | undefined;
  /** -b: left of or above. */
  readonly before?: boolean;
  /** -f: over the whole width or height of the window. */
  readonly full?: boolean;
  readonly border?: BorderStatus;
}

/** The layout with the new pane; undefined when there is no space for it (`no space for new pane`). */
export function splitPane(layout: Layout, split: Split): Layout | undefined {
  const tree = thaw(layout, split.border ?? "off");
  const cell = split.full === true ? tree.root : findCell(tree.root, split.pane);
  if (cell === undefined) return undefined;
  const along = split.direction;
  const before = split.before === true;
  const whole = sizeOf(cell, along);
  const least = PANE_MINIMUM * 2 + 1 + (along === "rows" && hasBorderRow(tree, cell) ? 1 : 0);
  if (whole < least) return undefined;
  const [first, second] = sizesOf(whole, split.size, before);
  const [remaining, given] = before ? [second, first] : [first, second];
  if (split.full === true && !fits(tree, cell, along, remaining)) return undefined;
  const added = newCell("pane", cell.width, cell.height, split.added);
  setSize(added, along, given);
  if (cell.parent?.kind === along) {
    insertBeside(cell.parent.cells, cell, added, before);
    added.parent = cell.parent;
  } else if (split.full === true && cell.kind === along) {
    setSize(cell, along, remaining);
    refit(tree, cell);
    setSize(cell, along, whole);
    if (before) cell.cells.unshift(added);
    else cell.cells.push(added);
    added.parent = cell;
    return freeze(tree);
  } else wrap(tree, cell, added, along, before);
  setSize(cell, along, remaining);
  if (split.full === true) refit(tree, cell);
  return freeze(tree);
}

/** Sizes of the left or upper cell and of the right or lower one, out of `whole` with a border between. */
function sizesOf(whole: number, size: number | undefined, before: boolean): [number, number] {
  const wanted = size === undefined ? Math.floor((whole + 1) / 2) - 1 : before ? whole - size - 1 : size;
  // A new pane before the other that asks for more than there is gets the least: tmux computes without a sign.
  const second = wanted < 0 ? whole - 2 : Math.min(Math.max(wanted, PANE_MINIMUM), whole - 2);
  return [whole - 1 - second, second];
}

function insertBeside(cells: Cell[], cell: Cell, added: Cell, before: boolean): void {
  cells.splice(cells.indexOf(cell) + (before ? 0 : 1), 0, added);
}

/** A new split at the place of the cell, holding it and the new one. */
function wrap(tree: Tree, cell: Cell, added: Cell, along: Direction, before: boolean): void {
  const parent = newCell(along, cell.width, cell.height);
  replaceCell(tree, cell, parent);
  parent.cells = before ? [added, cell] : [cell, added];
  cell.parent = parent;
  added.parent = parent;
}

/** The layout without the pane, its room given to the one before it (the next, for the first); undefined for the last. */
export function removePane(layout: Layout, pane: number, border: BorderStatus = "off"): Layout | undefined {
  const tree = thaw(layout, border);
  const cell = findCell(tree.root, pane);
  if (cell === undefined) return layout;
  return removeCell(tree, cell) ? freeze(tree) : undefined;
}

/** False when it was the only one. */
export function removeCell(tree: Tree, cell: Cell): boolean {
  const parent = cell.parent;
  if (parent === undefined || parent.kind === "pane") return false;
  const at = parent.cells.indexOf(cell);
  const heir = parent.cells[at === 0 ? 1 : at - 1];
  if (heir !== undefined) adjust(tree, heir, parent.kind, sizeOf(cell, parent.kind) + 1);
  parent.cells.splice(at, 1);
  const [only] = parent.cells;
  if (only !== undefined && parent.cells.length === 1) replaceCell(tree, parent, only);
  return true;
}
