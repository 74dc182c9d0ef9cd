// A screen as boxes on its grid of cells, each with text and the colours that are really seen: palette, dim, inverse,
// the program's own colours and the cursor are settled here, so that html.ts and svg.ts only have to write. Called by
// the command line, of a live or an ended session alike.

import { hex } from "../own-colours.ts";
import type { ScreenLine, ScreenState } from "../read-out.ts";
import type { ScreenRun } from "../screen-runs.ts";
import { PictureColours } from "./picture-colours.ts";
import { type Glyph, rowGlyphs } from "./row-glyphs.ts";
import { THEME, type Theme } from "./theme.ts";

export interface Picture {
  readonly rows: number;
  readonly cols: number;
  /** Colours here are `#rrggbb`. */
  readonly foreground: string;
  readonly background: string;
  readonly title: string;
  readonly lines: readonly (readonly Box[])[];
}

/** A stretch of cells of one row that look alike. Boxes stand from the left and never overlap. */
export interface Box {
  readonly col: number;
  readonly cells: number;
  /** Their characters, without gaps: the cells of the glyphs are the cells of the box. */
  readonly glyphs: readonly Glyph[];
  readonly fg: string;
  /** Absent where the picture's own background shows. */
  readonly bg?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: { readonly kind: NonNullable<ScreenRun["underline"]>; readonly colour: string };
  readonly strikethrough?: boolean;
  readonly overline?: boolean;
  /** As the program gave it: markup.ts says whether it may become a link. */
  readonly link?: string;
  /** A cursor that is drawn over its cell; a block is a box of swapped colours instead. */
  readonly cursor?: { readonly shape: "underline" | "bar"; readonly colour: string };
}

export type PictureSource = Pick<ScreenState, "cols" | "title" | "modes" | "colors"> & {
  readonly lines: readonly Omit<ScreenLine, "wrapped">[];
  /** Absent where no cursor is to be drawn, as in a history. */
  readonly cursor?: ScreenState["cursor"];
};

export function pictureOf(source: PictureSource, theme: Theme = THEME): Picture {
  const colours = new PictureColours(theme, source.colors, source.modes.reverse_video === true);
  return {
    rows: source.lines.length,
    cols: source.cols,
    foreground: hex(colours.foreground),
    background: hex(colours.background),
    title: source.title,
    lines: source.lines.map((line, row) => rowBoxes(source, line, row, colours)),
  };
}

function rowBoxes(
  { cols, cursor }: PictureSource,
  line: Omit<ScreenLine, "wrapped">,
  row: number,
  colours: PictureColours,
): Box[] {
  const here = cursor?.visible && cursor.row === row ? cursor : undefined;
  const last = line.runs.at(-1);
  const end = Math.max(here === undefined ? 0 : here.col + 1, last === undefined ? 0 : last.col + last.cells);
  const stretches: Stretch[] = [];
  let next = 0;
  for (const glyph of filled(rowGlyphs(line), end)) {
    if (glyph.col + glyph.cells > cols) break;
    while (next < line.runs.length && endOf(line.runs[next]) <= glyph.col) next += 1;
    const candidate = line.runs[next];
    const run = candidate !== undefined && candidate.col <= glyph.col ? candidate : undefined;
    const under = here !== undefined && holds(glyph, here.col) ? here : undefined;
    const stretch = stretches.at(-1);
    if (stretch !== undefined && stretch.run === run && stretch.cursor === under) stretch.glyphs.push(drawn(glyph));
    else stretches.push({ run, cursor: under, glyphs: [drawn(glyph)] });
  }
  return stretches.map((stretch) => boxOf(stretch, colours));
}

/** Cells that share one style. */
interface Stretch {
  readonly run: Partial<ScreenRun> | undefined;
  readonly cursor: ScreenState["cursor"] | undefined;
  readonly glyphs: Glyph[];
}

function endOf(run: ScreenRun | undefined): number {
  return run === undefined ? 0 : run.col + run.cells;
}

function holds(glyph: Glyph, col: number): boolean {
  return glyph.col <= col && col < glyph.col + glyph.cells;
}

/** With blanks up to the column `to`: their background, underline or cursor shows. */
function filled(glyphs: Glyph[], to: number): Glyph[] {
  const last = glyphs.at(-1);
  for (let col = last === undefined ? 0 : last.col + last.cells; col < to; col += 1) {
    glyphs.push({ text: " ", col, cells: 1 });
  }
  return glyphs;
}

/** How `visible` writes a control in a text. */
const MADE_VISIBLE = /\\(?:[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4})/g;

/** A terminal draws no bidi controls; a backslash of the program's own is a cell of its own and stays. */
function drawn(glyph: Glyph): Glyph {
  if (glyph.text.length === 1 || !glyph.text.includes("\\")) return glyph;
  return { ...glyph, text: glyph.text.replace(MADE_VISIBLE, "") || " " };
}

function boxOf({ run = {}, glyphs, cursor }: Stretch, colours: PictureColours): Box {
  const seen = colours.of(run);
  const block = cursor?.shape === "block";
  const bg = block ? colours.cursor : seen.bg;
  const hidden = run.invisible === true;
  return {
    col: glyphs[0]?.col ?? 0,
    cells: glyphs.reduce((sum, glyph) => sum + glyph.cells, 0),
    glyphs: hidden ? glyphs.map((glyph) => ({ ...glyph, text: " " })) : glyphs,
    fg: hex(block ? (seen.bg ?? colours.background) : seen.fg),
    ...(bg !== undefined && { bg: hex(bg) }),
    ...(run.bold && { bold: true }),
    ...(run.italic && { italic: true }),
    ...(run.underline && !hidden && { underline: { kind: run.underline, colour: hex(seen.underline) } }),
    ...(run.strikethrough && !hidden && { strikethrough: true }),
    ...(run.overline && !hidden && { overline: true }),
    ...(run.link !== undefined && { link: run.link }),
    ...(cursor && cursor.shape !== "block" && { cursor: { shape: cursor.shape, colour: hex(colours.cursor) } }),
  };
}
