// select-layout by name: the layouts that tmux has ready, and the one after and before. Used by select-layout,
// next-layout, previous-layout.

import { parseSize } from "../argv/numbers.ts";
import { adjust, spreadCell } from "./cell-resize.ts";
import { type Cell, freeze, newCell, type Tree } from "./cell-tree.ts";
import { type BorderStatus, type Direction, type Layout, PANE_MINIMUM, panesOf } from "./layout.ts";

/** In the order of next-layout. The mirrored ones of 3.5 are found by their full names only. */
export const PRESETS = ["even-horizontal", "even-vertical", "main-horizontal", "main-vertical", "tiled"] as const;

/** What tmux takes when main-pane-width or -height is no size for this window. */
const USUAL_WIDTH = 80;
const USUAL_HEIGHT = 24;

export const MIRRORED = ["main-horizontal-mirrored", "main-vertical-mirrored"] as const;

export type Preset = (typeof PRESETS)[number] | (typeof MIRRORED)[number];

/** The values of the window's options, as text: a number of cells or a percentage. */
export interface PresetOptions {
  readonly mainWidth?: string;
  readonly mainHeight?: string;
  readonly otherWidth?: string;
  readonly otherHeight?: string;
  readonly border?: BorderStatus;
  /** The window's own size, where its layout is larger because it could get no smaller. */
  readonly window?: { readonly width: number; readonly height: number };
}

/** The layout of that name or of which it is the only beginning. */
export function findPreset(name: string): Preset | undefined {
  const mirrored = MIRRORED.find((preset) => preset === name);
  if (mirrored !== undefined) return mirrored;
  const begun = PRESETS.filter((preset) => preset.startsWith(name));
  return begun.length === 1 ? begun[0] : undefined;
}

/** The one after (step 1) or before (step -1) the last one chosen; from none the first or the last. */
export function nextPreset(last: Preset | undefined, step: 1 | -1): Preset {
  const at = PRESETS.findIndex((preset) => last?.startsWith(preset));
  const next = at < 0 ? (step === 1 ? 0 : PRESETS.length - 1) : (at + step + PRESETS.length) % PRESETS.length;
  return PRESETS[next] ?? "even-horizontal";
}

/** The panes of a layout arranged anew. One pane stays as it is. The result may be larger when there are many. */
export function applyPreset(layout: Layout, preset: Preset, options: PresetOptions = {}): Layout {
  const panes = panesOf(layout);
  if (panes.length <= 1) return layout;
  const { width, height } = options.window ?? layout;
  const border = options.border ?? "off";
  switch (preset) {
    case "even-horizontal":
      return even(panes, "columns", width, height, border);
    case "even-vertical":
      return even(panes, "rows", width, height, border);
    case "tiled":
      return tiled(panes, width, height, border);
    default: {
      const along = preset.startsWith("main-horizontal") ? "rows" : "columns";
      return main(panes, along, width, height, options, preset.endsWith("-mirrored"));
    }
  }
}

function adopt(parent: Cell, ...cells: Cell[]): Cell {
  for (const cell of cells) cell.parent = parent;
  parent.cells.push(...cells);
  return parent;
}

function roomFor(count: number): number {
  return count * (PANE_MINIMUM + 1) - 1;
}

function even(panes: readonly number[], along: Direction, width: number, height: number, border: BorderStatus): Layout {
  const room = roomFor(panes.length);
  const root = newCell(
    along,
    along === "columns" ? Math.max(width, room) : width,
    along === "rows" ? Math.max(height, room) : height,
  );
  adopt(root, ...panes.map((pane) => newCell("pane", width, height, pane)));
  const tree: Tree = { root, border };
  spreadCell(tree, root);
  return freeze(tree);
}

/** One pane before (above, or left) and the others in a row beside it. */
function main(
  panes: readonly number[],
  along: Direction,
  width: number,
  height: number,
  options: PresetOptions,
  mirrored: boolean,
): Layout {
  const [first = 0, ...others] = panes;
  const whole = (along === "rows" ? height : width) - 1;
  const [mainSize, otherSize] =
    along === "rows"
      ? mainSizes(whole, options.mainHeight ?? "24", options.otherHeight ?? "0", USUAL_HEIGHT)
      : mainSizes(whole, options.mainWidth ?? "80", options.otherWidth ?? "0", USUAL_WIDTH);
  const across = Math.max(along === "rows" ? width : height, roomFor(others.length));
  const cell = (kind: Cell["kind"], size: number, pane?: number) =>
    along === "rows" ? newCell(kind, across, size, pane) : newCell(kind, size, across, pane);
  const root = cell(along, mainSize + otherSize + 1);
  const tree: Tree = { root, border: options.border ?? "off" };
  const mainCell = cell("pane", mainSize, first);
  const rest = cell(others.length === 1 ? "pane" : along === "rows" ? "columns" : "rows", otherSize, others[0]);
  adopt(root, ...(mirrored ? [rest, mainCell] : [mainCell, rest]));
  if (others.length > 1) {
    const thin = (pane: number) =>
      along === "rows"
        ? newCell("pane", PANE_MINIMUM, otherSize, pane)
        : newCell("pane", otherSize, PANE_MINIMUM, pane);
    adopt(rest, ...others.map(thin));
    spreadCell(tree, rest);
  }
  return freeze(tree);
}

/** Sizes of the main pane and of the others out of `whole`, which is without the border between them. */
function mainSizes(whole: number, mainOption: string, otherOption: string, usual: number): [number, number] {
  const wanted = parseSize(mainOption, 0, whole, whole);
  const mainSize = wanted.ok ? wanted.value : usual;
  if (mainSize + PANE_MINIMUM >= whole) {
    return [whole <= PANE_MINIMUM + PANE_MINIMUM ? PANE_MINIMUM : whole - PANE_MINIMUM, PANE_MINIMUM];
  }
  const other = parseSize(otherOption, 0, whole, whole);
  const otherSize = other.ok ? other.value : 0;
  if (otherSize === 0 || whole - otherSize < mainSize) return [mainSize, whole - mainSize];
  return [whole - otherSize, otherSize];
}

function tiled(panes: readonly number[], width: number, height: number, border: BorderStatus): Layout {
  let rows = 1;
  let columns = 1;
  while (rows * columns < panes.length) {
    rows++;
    if (rows * columns < panes.length) columns++;
  }
  const cellWidth = Math.max(Math.floor((width - (columns - 1)) / columns), PANE_MINIMUM);
  const cellHeight = Math.max(Math.floor((height - (rows - 1)) / rows), PANE_MINIMUM);
  const root = newCell(
    "rows",
    Math.max((cellWidth + 1) * columns - 1, width),
    Math.max((cellHeight + 1) * rows - 1, height),
  );
  const tree: Tree = { root, border };
  for (let at = 0; at < panes.length; at += columns) {
    const inRow = panes.slice(at, at + columns);
    const [first] = inRow;
    if (inRow.length === 1) {
      adopt(root, newCell("pane", width, cellHeight, first));
      continue;
    }
    const row = newCell("columns", width, cellHeight);
    adopt(row, ...inRow.map((pane) => newCell("pane", cellWidth, cellHeight, pane)));
    adopt(root, row);
    const used = inRow.length * (cellWidth + 1) - 1;
    const last = row.cells.at(-1);
    if (width > used && last !== undefined) adjust(tree, last, "columns", width - used);
  }
  const used = rows * cellHeight + rows - 1;
  const last = root.cells.at(-1);
  if (height > used && last !== undefined) adjust(tree, last, "rows", height - used);
  return freeze(tree);
}
