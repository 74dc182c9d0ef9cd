// The rows of a screen as text with SGR, from its JSON: what `bide screen --ansi` prints. Every row begins and
// ends plain, so that rows can be cut and mixed with other text.

import * as v from "valibot";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { textWidth } from "../../terminal/width.ts";

const colour = v.union([v.number(), v.string()]);
const RunSchema = v.looseObject({
  col: v.number(),
  cells: v.number(),
  fg: v.optional(colour),
  bg: v.optional(colour),
  underline: v.optional(v.string()),
  underline_color: v.optional(colour),
  link: v.optional(v.string()),
});
type Run = v.InferOutput<typeof RunSchema>;
const RunsSchema = v.fallback(v.array(RunSchema), []);

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
export function styledRows({ lines }: ScreenStatePayload): string[] {
  return lines.map((line) => styledRow(line.text, v.parse(RunsSchema, line.runs)));
}

function styledRow(text: string, runs: readonly Run[]): string {
  const row = new RowCells(text);
  let out = "";
  let column = 0;
  for (const run of runs) {
    out += row.between(column, run.col);
    const styled = row.between(run.col, run.col + run.cells, true);
    const linked = run.link === undefined ? styled : `\x1b]8;;${run.link}\x1b\\${styled}\x1b]8;;\x1b\\`;
    const sgr = sgrOf(run);
    out += sgr === "" ? linked : `\x1b[${sgr}m${linked}\x1b[m`;
    column = run.col + run.cells;
  }
  return out + row.between(column, Number.POSITIVE_INFINITY);
}

/** A row's text by cells: a character stands in the cell in which it begins. */
class RowCells {
  readonly #characters: { readonly text: string; readonly column: number }[] = [];
  readonly #width: number;

  constructor(text: string) {
    let before = "";
    for (const character of text) {
      this.#characters.push({ text: character, column: textWidth(before) });
      before += character;
    }
    this.#width = textWidth(text);
  }

  /** `filled`: with blanks up to `to`, because their background shows. */
  between(from: number, to: number, filled = false): string {
    const text = this.#characters
      .filter(({ column }) => column >= from && column < to)
      .map((character) => character.text)
      .join("");
    // The text of a row ends where only blanks follow; those before a later run are written out.
    const missing = Number.isFinite(to) ? to - Math.max(from, this.#width) : 0;
    return filled || missing > 0 ? text + " ".repeat(Math.max(0, missing)) : text;
  }
}

function sgrOf(run: Run): string {
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
