// One row of cells as text, as the places of its unusual characters and as the stretches of it that are not plain: the
// `lines` of `bide screen --json`.

import {
  BLINK,
  BOLD,
  CELL_WORDS,
  COLOUR_MODE,
  cellStyle,
  cellText,
  DIM,
  HAS_CONTENT,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PALETTE_16,
  PALETTE_256,
  PLAIN,
  STRIKETHROUGH,
  type Style,
  sameStyle,
  WIDTH_SHIFT,
} from "./cell.ts";
import { visible } from "./visible.ts";
import type { Line } from "./xterm-internals.ts";

/** A colour of the palette (0 to 255) or `#rrggbb`; absent where it is the default. */
export type Colour = number | string;

/** Only what differs from plain is there. */
export interface ScreenRun {
  readonly col: number;
  readonly cells: number;
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: "single" | "double" | "curly" | "dotted" | "dashed";
  readonly underline_color?: Colour;
  readonly blink?: true;
  readonly inverse?: true;
  readonly invisible?: true;
  readonly strikethrough?: true;
  readonly overline?: true;
  readonly link?: string;
}

const UNDERLINES = ["single", "double", "curly", "dotted", "dashed"] as const;

/** A character that is not one UTF-16 code unit in one cell: its column, its cells, its code units in the text. */
export type PlacedGlyph = readonly [col: number, cells: number, length: number];

/** `goesOn`: the row is continued by the next one, so spaces at its end were printed and are kept. */
export function lineText(line: Line, goesOn: boolean): string {
  return lineGlyphs(line, goesOn).text;
}

/** The text with bidi controls made visible, and where its characters stand that are not one code unit in one cell. */
export function lineGlyphs(line: Line, goesOn: boolean): { text: string; glyphs: PlacedGlyph[] } {
  const glyphs: PlacedGlyph[] = [];
  let text = "";
  let end = 0;
  for (let column = 0; column < line.length; ) {
    const content = line._data[column * CELL_WORDS] ?? 0;
    const cell = shown(cellText(line, column));
    const cells = content >>> WIDTH_SHIFT || 1;
    text += cell === "" ? " " : cell;
    if (cells !== 1 || cell.length > 1) glyphs.push([column, cells, Math.max(1, cell.length)]);
    if ((content & HAS_CONTENT) !== 0 && (goesOn || cell !== " ")) end = text.length;
    column += cells;
  }
  return { text: text.slice(0, end), glyphs };
}

/** Most cells are one plain character, and this runs for each. */
function shown(cell: string): string {
  return cell.length === 1 && cell < "\x7f" ? cell : visible(cell);
}

export function lineRuns(line: Line, link: (number: number) => string | undefined): ScreenRun[] {
  const runs: ScreenRun[] = [];
  for (let column = 0; column < line.length; ) {
    const style = cellStyle(line, column);
    let next = column + 1;
    while (next < line.length && sameStyle(cellStyle(line, next), style)) next += 1;
    if (!sameStyle(style, PLAIN)) {
      const run = describe(style, link);
      if (Object.keys(run).length > 0) runs.push({ col: column, cells: next - column, ...run });
    }
    column = next;
  }
  return runs;
}

function describe(style: Style, link: (number: number) => string | undefined): Omit<ScreenRun, "col" | "cells"> {
  const fg = colour(style.fg);
  const bg = colour(style.bg);
  const underlineColour = colour(style.underlineColour);
  const underline = UNDERLINES[style.underline - 1];
  const uri = style.link === 0 ? undefined : link(style.link);
  return {
    ...(fg !== undefined && { fg }),
    ...(bg !== undefined && { bg }),
    ...(style.fg & BOLD && { bold: true as const }),
    ...(style.bg & DIM && { dim: true as const }),
    ...(style.bg & ITALIC && { italic: true as const }),
    ...(underline !== undefined && { underline }),
    ...(underlineColour !== undefined && { underline_color: underlineColour }),
    ...(style.fg & BLINK && { blink: true as const }),
    ...(style.fg & INVERSE && { inverse: true as const }),
    ...(style.fg & INVISIBLE && { invisible: true as const }),
    ...(style.fg & STRIKETHROUGH && { strikethrough: true as const }),
    ...(style.bg & OVERLINE && { overline: true as const }),
    ...(uri !== undefined && { link: uri }),
  };
}

function colour(word: number): Colour | undefined {
  const mode = word & COLOUR_MODE;
  if (mode === 0) return undefined;
  if (mode === PALETTE_16 || mode === PALETTE_256) return word & 255;
  return `#${(word & 0xffffff).toString(16).padStart(6, "0")}`;
}
