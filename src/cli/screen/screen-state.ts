// The screen of a session as its worker or its files describe it, made sure of: what a version of bide, older or
// newer, put there in another form is left out instead of trusted. Called by everything that draws a screen.

import * as v from "valibot";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import type { PictureSource } from "../../terminal/picture/picture.ts";

const cell = v.pipe(v.number(), v.integer(), v.minValue(0));
const colour = v.union([v.number(), v.string()]);
const text = v.string();
const flag = v.optional(v.fallback(v.optional(v.literal(true)), undefined));

const RunSchema = v.object({
  col: cell,
  cells: cell,
  fg: v.optional(colour),
  bg: v.optional(colour),
  bold: flag,
  dim: flag,
  italic: flag,
  underline: v.optional(v.picklist(["single", "double", "curly", "dotted", "dashed"])),
  underline_color: v.optional(colour),
  blink: flag,
  inverse: flag,
  invisible: flag,
  strikethrough: flag,
  overline: flag,
  link: v.optional(text),
});

const LineSchema = v.object({
  text,
  runs: v.fallback(v.array(RunSchema), []),
  glyphs: v.fallback(v.optional(v.array(v.tuple([cell, v.picklist([1, 2]), v.pipe(cell, v.minValue(1))]))), undefined),
});

const ColoursSchema = v.object({
  foreground: v.optional(text),
  background: v.optional(text),
  cursor: v.optional(text),
  palette: v.optional(v.record(text, text)),
});

const CursorSchema = v.object({
  row: cell,
  col: cell,
  visible: v.boolean(),
  shape: v.fallback(v.picklist(["block", "underline", "bar"]), "block"),
  blink: v.fallback(v.boolean(), false),
});

const DrawnSchema = v.object({
  cursor: CursorSchema,
  colors: v.fallback(v.optional(ColoursSchema), undefined),
  lines: v.array(LineSchema),
});

/** What a picture of the screen needs; `title` is for a screen that has none of its own. */
export function pictureSource(state: ScreenStatePayload, title: string): PictureSource {
  const { cursor, colors, lines } = v.parse(DrawnSchema, state);
  const modes = { reverse_video: state.modes.reverse_video === true };
  return { cols: state.cols, title: state.title === "" ? title : state.title, modes, cursor, colors, lines };
}

/** The lines alone. */
export function drawnLines(state: ScreenStatePayload): PictureSource["lines"] {
  return v.parse(v.array(LineSchema), state.lines);
}
