// A picture as SVG. Every piece of text has its place on the grid (x, and textLength where a font could be narrower or
// wider), so that it lines up whatever font the viewer has. Rows are painted background first, so that a tall glyph is
// not cut by the row below.

import { type CellShape, cellShape } from "./block-shapes.ts";
import { escapeMarkup, linkAddress } from "./markup.ts";
import type { Box, Picture } from "./picture.ts";
import { rectangle, svgLines } from "./svg-lines.ts";
import { type TextPiece, textOf, textPieces } from "./text-pieces.ts";
import { CELL, FONT_FAMILIES, MARGIN } from "./theme.ts";

/** Pixels of the SVG of so many cells. */
export function svgSize({ rows, cols }: Pick<Picture, "rows" | "cols">): { width: number; height: number } {
  return { width: cols * CELL.width + 2 * MARGIN, height: rows * CELL.height + 2 * MARGIN };
}

export function svgOf(picture: Picture): string {
  const { width, height } = svgSize(picture);
  const behind: string[] = [];
  const text: string[] = [];
  picture.lines.forEach((boxes, row) => {
    const y = MARGIN + row * CELL.height;
    for (const box of boxes) {
      const x = MARGIN + box.col * CELL.width;
      if (box.bg !== undefined) behind.push(rectangle(box.bg, x, y, box.cells * CELL.width, CELL.height));
      const inside = boxText(box, y, picture.foreground) + svgLines(box, x, y);
      const address = linkAddress(box.link);
      if (inside !== "") text.push(address === undefined ? inside : `<a href="${address}">${inside}</a>`);
    }
  });
  const title = picture.title === "" ? "" : `<title>${escapeMarkup(picture.title)}</title>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
${title}<rect width="${width}" height="${height}" rx="6" fill="${picture.background}"/>
<g shape-rendering="crispEdges">
${behind.join("\n")}
</g>
<g font-family="${FONT_FAMILIES}" font-size="${CELL.fontSize}" fill="${picture.foreground}" xml:space="preserve" style="white-space:pre;font-variant-ligatures:none">
${text.join("\n")}
</g>
</svg>
`;
}

function boxText(box: Box, y: number, foreground: string): string {
  const style = [
    box.fg === foreground ? "" : ` fill="${box.fg}"`,
    box.bold ? ' font-weight="bold"' : "",
    box.italic ? ' font-style="italic"' : "",
  ].join("");
  return textPieces(box.glyphs)
    .map((piece) => (piece.kind === "single" ? singles(piece, y, style, box.fg) : spread(piece, y, style)))
    .join("");
}

/** A piece that takes its cells as a whole. */
function spread(piece: TextPiece, y: number, style: string): string {
  const text = textOf(piece);
  const shown = text.trim();
  if (shown === "") return "";
  const x = MARGIN + piece.col * CELL.width;
  const at = `y="${y + CELL.baseline}"`;
  if (piece.kind === "cluster") {
    const middle = x + (piece.cells * CELL.width) / 2;
    return `<text x="${middle}" ${at} text-anchor="middle"${style}>${escapeMarkup(text)}</text>`;
  }
  const start = x + text.indexOf(shown) * CELL.width;
  return `<text x="${start}" ${at} textLength="${shown.length * CELL.width}"${style}>${escapeMarkup(shown)}</text>`;
}

/** Characters with a place for each; the shapes among them drawn. */
function singles(piece: TextPiece, y: number, style: string, fg: string): string {
  const places: number[] = [];
  let text = "";
  let shapes = "";
  for (const glyph of piece.glyphs) {
    const x = MARGIN + glyph.col * CELL.width;
    const shape = cellShape(glyph.text);
    if (shape !== undefined) shapes += shapeAt(shape, x, y, fg);
    else if (glyph.text.trim() !== "") {
      places.push(x);
      text += glyph.text;
    }
  }
  if (text === "") return shapes;
  return `${shapes}<text x="${places.join(" ")}" y="${y + CELL.baseline}"${style}>${escapeMarkup(text)}</text>`;
}

function shapeAt({ rectangles, dots, arrow, opacity }: CellShape, x: number, y: number, fg: string): string {
  const [right, down] = [CELL.width / 8, CELL.height / 8];
  let out = "";
  if (rectangles.length > 0) {
    const path = rectangles.map(
      ([left, top, width, height]) =>
        `M${x + left * right} ${y + top * down}h${width * right}v${height * down}h${-width * right}z`,
    );
    const seen = opacity === 1 ? "" : ` fill-opacity="${opacity}"`;
    out += `<path d="${path.join("")}" fill="${fg}"${seen} shape-rendering="crispEdges"/>`;
  }
  if (arrow !== undefined) {
    const [from, width] = arrow.right ? [x, CELL.width] : [x + CELL.width, -CELL.width];
    const path = `M${from} ${y}l${width} ${CELL.height / 2}l${-width} ${CELL.height / 2}`;
    out += arrow.full ? `<path d="${path}z" fill="${fg}"/>` : `<path d="${path}" stroke="${fg}" fill="none"/>`;
  }
  for (const [left, top] of dots)
    out += `<circle cx="${x + left * right}" cy="${y + top * down}" r="1.1" fill="${fg}"/>`;
  return out;
}
