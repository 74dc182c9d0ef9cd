// A layout while it is being changed: cells that know their parent. Made from a value by `thaw`, given back as
// one by `freeze`; never leaves this folder, so that a layout that failed to change is the old one, whole.

import type { BorderStatus, Direction, Layout } from "./layout.ts";

export interface Cell {
  parent: Cell | undefined;
  kind: "pane" | Direction;
  pane: number;
  width: number;
  height: number;
  left: number;
  top: number;
  cells: Cell[];
}

export interface Tree {
  root: Cell;
  readonly border: BorderStatus;
}

export function newCell(kind: Cell["kind"], width = 0, height = 0, pane = -1): Cell {
  return { parent: undefined, kind, pane, width, height, left: 0, top: 0, cells: [] };
}

export function thaw(layout: Layout, border: BorderStatus): Tree {
  return { root: thawCell(layout, undefined), border };
}

function thawCell(layout: Layout, parent: Cell | undefined): Cell {
  const cell = newCell(layout.kind, layout.width, layout.height, layout.kind === "pane" ? layout.pane : -1);
  cell.parent = parent;
  if (layout.kind !== "pane") cell.cells = layout.cells.map((child) => thawCell(child, cell));
  return cell;
}

/** The tree as a value, with the place of every cell computed from the sizes. */
export function freeze(tree: Tree): Layout {
  return freezeCell(tree.root, 0, 0);
}

function freezeCell(cell: Cell, left: number, top: number): Layout {
  const { width, height } = cell;
  if (cell.kind === "pane") return { kind: "pane", pane: cell.pane, width, height, left, top };
  let along = cell.kind === "columns" ? left : top;
  const cells = cell.cells.map((child) => {
    const frozen = cell.kind === "columns" ? freezeCell(child, along, top) : freezeCell(child, left, along);
    along += sizeOf(child, cell.kind === "columns" ? "columns" : "rows") + 1;
    return frozen;
  });
  return { kind: cell.kind, width, height, left, top, cells };
}

/** The size along a direction: the width for columns. */
export function sizeOf(cell: Cell, along: Direction): number {
  return along === "columns" ? cell.width : cell.height;
}

export function setSize(cell: Cell, along: Direction, size: number): void {
  if (along === "columns") cell.width = size;
  else cell.height = size;
}

export function findCell(cell: Cell, pane: number): Cell | undefined {
  if (cell.kind === "pane") return cell.pane === pane ? cell : undefined;
  for (const child of cell.cells) {
    const found = findCell(child, pane);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function leavesOf(cell: Cell): Cell[] {
  return cell.kind === "pane" ? [cell] : cell.cells.flatMap(leavesOf);
}

/** The cell beside it in its parent: 1 for the next, -1 for the one before. */
export function siblingOf(cell: Cell, step: 1 | -1): Cell | undefined {
  const cells = cell.parent?.cells ?? [];
  return cells[cells.indexOf(cell) + step];
}

/** Puts another cell at the place of one. */
export function replaceCell(tree: Tree, old: Cell, by: Cell): void {
  by.parent = old.parent;
  const cells = old.parent?.cells;
  if (cells === undefined) tree.root = by;
  else cells[cells.indexOf(old)] = by;
}

/** The cell gives one of its rows to the border status: it lies at that edge of the window. */
export function hasBorderRow(tree: Tree, cell: Cell): boolean {
  if (tree.border === "off") return false;
  for (let at = cell; at.parent !== undefined; at = at.parent) {
    if (at.parent.kind !== "rows") continue;
    const edge = tree.border === "top" ? at.parent.cells[0] : at.parent.cells.at(-1);
    if (edge !== at) return false;
  }
  return true;
}
