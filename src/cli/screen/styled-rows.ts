// The rows of a screen as text with SGR, from its JSON: what `bide screen --ansi` prints. Every row begins and
// ends plain, so that rows can be cut and mixed with other text.

import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { type Glyph, rowGlyphs } from "../../terminal/picture/row-glyphs.ts";
import type { ScreenRun } from "../../terminal/screen-runs.ts";
import { visible } from "../../terminal/visible.ts";
import { drawnLines } from "./screen-state.ts";

const UNDERLINES: Readonly<Record<string, string>> = {
  single: "4",
  double: "21",
  curly: "4:3",
  dotted: "4:4",
  dashed: "4:5",
};
const FLAGS = [
  ["bold", "1"],
  ["dim", "2"],
  ["italic", "3"],
  ["blink", "5"],
  ["inverse", "7"],
  ["invisible", "8"],
  ["strikethrough", "9"],
  ["overline", "53"],
] as const;

/** One string per row of the screen. */
export function styledRows(state: ScreenStatePayload): string[] {
  return drawnLines(state).map((line) => styledRow(rowGlyphs(line), line.runs));
}

function styledRow(glyphs: readonly Glyph[], runs: readonly ScreenRun[]): string {
  const last = glyphs.at(-1);
  const end = last === undefined ? 0 : last.col + last.cells;
  let out = "";
  let column = 0;
  for (const run of runs) {
    const to = run.col + run.cells;
    out += between(glyphs, column, run.col, end);
    const styled = between(glyphs, run.col, to, end);
    const linked = run.link === undefined ? styled : `\x1b]8;;${visible(run.link)}\x1b\\${styled}\x1b]8;;\x1b\\`;
    const sgr = sgrOf(run);
    out += sgr === "" ? linked : `\x1b[${sgr}m${linked}\x1b[m`;
    column = to;
  }
  return out + between(glyphs, column, end, end);
}

/** The text of some cells; the text of a row ends at `end`, where only blanks follow, which are written out. */
function between(glyphs: readonly Glyph[], from: number, to: number, end: number): string {
  const text = glyphs.filter(({ col }) => col >= from && col < to).map((glyph) => visible(glyph.text));
  return text.join("") + " ".repeat(Math.max(0, to - Math.max(from, end)));
}

function sgrOf(run: ScreenRun): string {
  const codes: string[] = FLAGS.filter(([name]) => run[name] === true).map(([, code]) => code);
  const underline = run.underline === undefined ? undefined : UNDERLINES[run.underline];
  if (underline !== undefined) codes.push(underline);
  if (run.fg !== undefined) codes.push(colourCode(run.fg, 30));
  if (run.bg !== undefined) codes.push(colourCode(run.bg, 40));
  if (run.underline_color !== undefined) codes.push(colourCode(run.underline_color, undefined));
  return codes.join(";");
}

/** `base`: 30 for the foreground, 40 for the background, none for the underline's colour. */
function colourCode(colour: number | string, base: 30 | 40 | undefined): string {
  const extended = base === undefined ? 58 : base + 8;
  if (typeof colour === "number") {
    if (base !== undefined && colour < 8) return String(base + colour);
    if (base !== undefined && colour < 16) return String(base + 60 + colour - 8);
    return base === undefined ? `${extended}:5:${colour}` : `${extended};5;${colour}`;
  }
  const value = Number.parseInt(colour.slice(1), 16);
  const parts = [value >> 16, (value >> 8) & 255, value & 255];
  return base === undefined ? `${extended}:2::${parts.join(":")}` : `${extended};2;${parts.join(";")}`;
}
