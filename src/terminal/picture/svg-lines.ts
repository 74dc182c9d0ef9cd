// The lines of a box in an SVG: underlines of every style, strikethrough, overline, and the cursors that are lines.
// Drawn as paths because the decorations of text differ from viewer to viewer. Called by svg.ts.

import type { Box } from "./picture.ts";
import { CELL } from "./theme.ts";

/** Markup for the box whose upper left corner is at `x`, `y` in pixels; empty when it has none. */
export function svgLines(box: Box, x: number, y: number): string {
  const width = box.cells * CELL.width;
  let out = "";
  if (box.underline) out += underline(box.underline, x, y, width);
  if (box.strikethrough) out += line(box.fg, `M${x} ${y + 9.5}h${width}`);
  if (box.overline) out += line(box.fg, `M${x} ${y + 0.5}h${width}`);
  if (box.cursor?.shape === "bar") out += rectangle(box.cursor.colour, x, y, 2, CELL.height);
  if (box.cursor?.shape === "underline") out += rectangle(box.cursor.colour, x, y + CELL.height - 2, width, 2);
  return out;
}

export function rectangle(colour: string, x: number, y: number, width: number, height: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`;
}

function underline({ kind, colour }: NonNullable<Box["underline"]>, x: number, y: number, width: number): string {
  const bottom = y + CELL.height - 1.5;
  switch (kind) {
    case "double":
      return line(colour, `M${x} ${bottom - 1}h${width}M${x} ${bottom + 1}h${width}`);
    case "curly": {
      // One wave for each cell.
      const quarter = CELL.width / 4;
      const wave = `q${quarter} -2.5 ${2 * quarter} 0t${2 * quarter} 0`;
      return line(colour, `M${x} ${bottom}${wave.repeat(Math.round(width / CELL.width))}`);
    }
    case "dotted":
      return line(colour, `M${x} ${bottom}h${width}`, ' stroke-dasharray="1 2"');
    case "dashed":
      return line(colour, `M${x} ${bottom}h${width}`, ' stroke-dasharray="5 4"');
    default:
      return line(colour, `M${x} ${bottom}h${width}`);
  }
}

function line(colour: string, path: string, more = ""): string {
  return `<path d="${path}" stroke="${colour}" fill="none"${more}/>`;
}
