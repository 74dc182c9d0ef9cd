// The glyphs of a box cut into pieces that stand on the grid in every font: ASCII, which any monospace font has in
// equal widths; single characters, which may come from another font, so each needs a place of its own; and what takes
// two cells or several code points. Used by html.ts and svg.ts.

import type { Glyph } from "./row-glyphs.ts";

export interface TextPiece {
  readonly kind: "ascii" | "single" | "cluster";
  readonly col: number;
  readonly cells: number;
  /** One of a cluster. */
  readonly glyphs: readonly Glyph[];
}

export function textPieces(glyphs: readonly Glyph[]): TextPiece[] {
  const pieces: { kind: TextPiece["kind"]; col: number; cells: number; glyphs: Glyph[] }[] = [];
  for (const glyph of glyphs) {
    const kind = kindOf(glyph);
    const last = pieces.at(-1);
    if (last !== undefined && last.kind === kind && kind !== "cluster") {
      last.glyphs.push(glyph);
      last.cells += glyph.cells;
    } else pieces.push({ kind, col: glyph.col, cells: glyph.cells, glyphs: [glyph] });
  }
  return pieces;
}

/** The characters one after the other. */
export function textOf(piece: TextPiece): string {
  return piece.glyphs.map((glyph) => glyph.text).join("");
}

function kindOf({ text, cells }: Glyph): TextPiece["kind"] {
  if (text.length !== 1 || cells !== 1) return "cluster";
  return text >= " " && text <= "~" ? "ascii" : "single";
}
