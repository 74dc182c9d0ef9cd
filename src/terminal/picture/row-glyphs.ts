// The characters of a row with their cells, from the text and the `glyphs` of a ScreenLine. Called by everything that
// puts such a row back on a grid: pictures, and `bide screen --ansi`.

import type { ScreenLine } from "../read-out.ts";

export interface Glyph {
  /** One character as a person sees it; a space for a blank cell. */
  readonly text: string;
  readonly col: number;
  /** 1, or 2 for a wide one. */
  readonly cells: number;
}

/** From the left, without the blanks behind the text. */
export function rowGlyphs({ text, glyphs = [] }: Pick<ScreenLine, "text" | "glyphs">): Glyph[] {
  const row: Glyph[] = [];
  let at = 0;
  let col = 0;
  for (const [place, cells, length] of glyphs) {
    for (; col < place && at < text.length; at += 1, col += 1) row.push({ text: text.charAt(at), col, cells: 1 });
    if (at >= text.length) break;
    row.push({ text: text.slice(at, at + length), col: place, cells });
    at += length;
    col = place + cells;
  }
  for (; at < text.length; at += 1, col += 1) row.push({ text: text.charAt(at), col, cells: 1 });
  return row;
}
