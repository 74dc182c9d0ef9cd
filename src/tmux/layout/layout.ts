// The layout of a window as a value: a tree of panes, rows and columns with their sizes. Every function of this
// folder takes one and gives a new one; the server keeps it in its model and gives PTYs the sizes in it.

/** The least width and height of a pane, in cells. */
export const PANE_MINIMUM = 1;

interface Box {
  /** Sizes and place in cells, from the window's top left; borders lie between the cells, one wide. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

export interface PaneCell extends Box {
  readonly kind: "pane";
  /** The number of the pane: 5 for `%5`. */
  readonly pane: number;
}

/** `columns` are side by side (tmux's `{}`), `rows` below each other (`[]`). Two or more cells. */
export interface SplitCell extends Box {
  readonly kind: Direction;
  readonly cells: readonly Layout[];
}

export type Direction = "columns" | "rows";

/** The whole layout is its outermost cell; its width and height are those of the window. */
export type Layout = PaneCell | SplitCell;

/** Option pane-border-status: a row of text above or below every pane, taken from panes at that edge. */
export type BorderStatus = "off" | "top" | "bottom";

/** The layout of a new window, and of a window while `pane` is zoomed. */
export function singlePane(pane: number, width: number, height: number): PaneCell {
  return { kind: "pane", pane, width, height, left: 0, top: 0 };
}

/** The panes in the order in which tmux numbers them: index 0 first. */
export function panesOf(layout: Layout): readonly number[] {
  return layout.kind === "pane" ? [layout.pane] : layout.cells.flatMap(panesOf);
}

/** What is seen: the zoomed pane over the whole window, else the layout itself. */
export function visibleLayout(layout: Layout, zoomed: number | undefined): Layout {
  return zoomed === undefined ? layout : singlePane(zoomed, layout.width, layout.height);
}
