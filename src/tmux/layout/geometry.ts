// Where each pane is on the window: what the pane_* formats print and what the PTY gets as its size.
// Called by the server after every change of a layout. Rule kept: the border status takes its row as in tmux.

import { type Cell, hasBorderRow, leavesOf, thaw } from "./cell-tree.ts";
import type { BorderStatus, Layout, PaneCell } from "./layout.ts";

export interface PaneGeometry {
  readonly pane: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The last column and row of the pane, inclusive: pane_right, pane_bottom. */
  readonly right: number;
  readonly bottom: number;
  readonly atLeft: boolean;
  readonly atRight: boolean;
  readonly atTop: boolean;
  readonly atBottom: boolean;
}

/** The panes in the order of their indexes. */
export function paneGeometries(layout: Layout, border: BorderStatus = "off"): readonly PaneGeometry[] {
  const tree = thaw(layout, border);
  const cells = leavesOf(tree.root);
  return paneCells(layout).map((cell, index) => {
    const leaf: Cell | undefined = cells[index];
    const gives = leaf !== undefined && hasBorderRow(tree, leaf);
    const top = cell.top + (gives && border === "top" ? 1 : 0);
    const height = cell.height - (gives ? 1 : 0);
    const bottom = top + height - 1;
    return {
      pane: cell.pane,
      left: cell.left,
      top,
      width: cell.width,
      height,
      right: cell.left + cell.width - 1,
      bottom,
      atLeft: cell.left === 0,
      atRight: cell.left + cell.width === layout.width,
      atTop: border === "top" ? top === 1 : top === 0,
      atBottom: bottom + 1 === layout.height - (border === "bottom" ? 1 : 0),
    };
  });
}

function paneCells(layout: Layout): readonly PaneCell[] {
  return layout.kind === "pane" ? [layout] : layout.cells.flatMap(paneCells);
}
