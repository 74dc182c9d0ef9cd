// Layouts as text, `ac9d,200x50,0,0,0`: what #{window_layout} prints and select-layout takes.
// Rule kept: the checksum and every error text are tmux's.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { type Cell, freeze, leavesOf, newCell, type Tree, thaw } from "./cell-tree.ts";
import { type BorderStatus, type Layout, panesOf } from "./layout.ts";
import { removeCell } from "./split.ts";

/** The layout with its checksum. */
export function printLayout(layout: Layout): string {
  const text = printCell(layout);
  return `${checksum(text)},${text}`;
}

function printCell(cell: Layout): string {
  const place = `${cell.width}x${cell.height},${cell.left},${cell.top}`;
  if (cell.kind === "pane") return `${place},${cell.pane}`;
  const inside = cell.cells.map(printCell).join(",");
  return cell.kind === "columns" ? `${place}{${inside}}` : `${place}[${inside}]`;
}

function checksum(text: string): string {
  let sum = 0;
  for (const byte of Buffer.from(text)) {
    sum = ((sum >> 1) + ((sum & 1) << 15) + byte) & 0xffff;
  }
  return sum.toString(16).padStart(4, "0");
}

/**
 * The panes of `layout` in the arrangement that the text says; the ids in the text are not used. Cells that are too
 * many are taken away from the bottom right. Fails with `invalid layout`, `have 3 panes but need 2` or
 * `size mismatch after applying layout`.
 */
export function applyLayoutString(layout: Layout, text: string, border: BorderStatus = "off"): Parsed<Layout> {
  const [sum = "", ...rest] = text.split(",");
  const body = rest.join(",");
  const root = sum.length === 4 && checksum(body) === sum.toLowerCase() ? new LayoutReader(body).read() : undefined;
  if (root === undefined) return parseFailure("invalid layout");
  const tree: Tree = { root, border };
  const panes = panesOf(layout);
  if (panes.length > leavesOf(tree.root).length) {
    return parseFailure(`have ${panes.length} panes but need ${leavesOf(tree.root).length}`);
  }
  while (panes.length < leavesOf(tree.root).length) {
    const last = leavesOf(tree.root).at(-1);
    if (last === undefined || !removeCell(tree, last)) break;
  }
  correctRoot(tree.root);
  if (!sizesAgree(tree.root)) return parseFailure("size mismatch after applying layout");
  for (const [index, leaf] of leavesOf(tree.root).entries()) leaf.pane = panes[index] ?? leaf.pane;
  return parsed(freeze(tree));
}

/** Old versions wrote a wrong size for the outermost cell: that of its cells is right. */
function correctRoot(root: Cell): void {
  if (root.kind === "pane") return;
  const across = root.cells.at(-1);
  if (across === undefined) return;
  const along = root.kind === "columns" ? "width" : "height";
  const other = root.kind === "columns" ? "height" : "width";
  root[along] = root.cells.reduce((sum, cell) => sum + cell[along], root.cells.length - 1);
  root[other] = across[other];
}

function sizesAgree(cell: Cell): boolean {
  if (cell.kind === "pane") return true;
  const along = cell.kind === "columns" ? "width" : "height";
  const other = cell.kind === "columns" ? "height" : "width";
  const sum = cell.cells.reduce((total, child) => total + child[along], cell.cells.length - 1);
  return sum === cell[along] && cell.cells.every((child) => child[other] === cell[other] && sizesAgree(child));
}

class LayoutReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Cell | undefined {
    const cell = this.#cell();
    return this.#at === this.#text.length ? cell : undefined;
  }

  #cell(): Cell | undefined {
    const sizes = /(\d{1,5})x(\d{1,5}),\d{1,5},\d{1,5}/y;
    sizes.lastIndex = this.#at;
    const found = sizes.exec(this.#text);
    if (found === null) return undefined;
    this.#at = sizes.lastIndex;
    // The id of the pane; `,80x24` is the next cell instead.
    const id = /,\d+(?![\dx])/y;
    id.lastIndex = this.#at;
    if (id.test(this.#text)) this.#at = id.lastIndex;
    const cell = newCell("pane", Number(found[1]), Number(found[2]));
    const open = this.#text.charAt(this.#at);
    if (open !== "{" && open !== "[") return cell;
    cell.kind = open === "{" ? "columns" : "rows";
    do {
      this.#at++;
      const child = this.#cell();
      if (child === undefined) return undefined;
      child.parent = cell;
      cell.cells.push(child);
    } while (this.#text.charAt(this.#at) === ",");
    if (this.#text.charAt(this.#at) !== (open === "{" ? "}" : "]")) return undefined;
    this.#at++;
    return cell;
  }
}

/** The same layout with other panes at the places, in the order of `panesOf`. */
export function withPanes(layout: Layout, panes: readonly number[]): Layout {
  const tree = thaw(layout, "off");
  for (const [index, leaf] of leavesOf(tree.root).entries()) leaf.pane = panes[index] ?? leaf.pane;
  return freeze(tree);
}
