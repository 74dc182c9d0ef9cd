// Widths of text with styles in it (`#[fg=red]` takes no cell, `##` one): cutting, padding, measuring.
// Used by the modifiers `=`, `p`, `w` and by who draws a status row.

import { textWidth } from "../../terminal/width.ts";
import { formatSkip } from "./format-skip.ts";

/** A piece of a text that is cut as one. */
interface Piece {
  readonly text: string;
  readonly cells: number;
  /** Hashes that stand for that many others: they are cut into, one by one. */
  readonly hashes?: number;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  const plain = (part: string) => {
    for (const { segment } of graphemes.segment(part)) {
      found.push({ text: segment, cells: /^[\x00-\x1f\x7f]$/.test(segment) ? 0 : textWidth(segment) });
    }
  };
  let at = 0;
  while (at < text.length) {
    const hash = text.indexOf("#", at);
    if (hash < 0) break;
    plain(text.slice(at, hash));
    let count = 0;
    while (text.charAt(hash + count) === "#") count++;
    at = hash + count;
    const style = text.charAt(at) === "[";
    const cells = style ? Math.floor(count / 2) : Math.ceil(count / 2);
    if (cells > 0) found.push({ text: text.slice(hash, hash + count), cells, hashes: count });
    if (!style || count % 2 === 0) continue;
    const end = formatSkip(text, at + 1, "]");
    if (end < 0) return found;
    found.push({ text: `#${text.slice(at, end + 1)}`, cells: 0 });
    at = end + 1;
  }
  plain(text.slice(at));
  return found;
}

/** Cells that the text takes when its styles are drawn. */
export function styledWidth(text: string): number {
  return pieces(text).reduce((sum, piece) => sum + piece.cells, 0);
}

/**
 * At most `limit` cells from the start, or from the end when it is negative; 0 is no limit. What was cut is
 * followed (or preceded) by the marker, which comes on top of the limit.
 */
export function limitWidth(text: string, limit: number, marker = ""): string {
  if (limit === 0) return text;
  const cut = limit > 0 ? cutEnd(text, limit) : cutStart(text, -limit);
  if (cut === text) return text;
  return limit > 0 ? cut + marker : marker + cut;
}

function hashes(piece: Piece, cells: number): string {
  return piece.hashes === 1 ? "#" : "##".repeat(cells);
}

function cutEnd(text: string, limit: number): string {
  let used = 0;
  let result = "";
  for (const piece of pieces(text)) {
    if (used >= limit) break;
    const cells = piece.hashes === undefined ? piece.cells : Math.min(piece.cells, limit - used);
    if (piece.hashes !== undefined) result += hashes(piece, cells);
    else if (used + cells <= limit) result += piece.text;
    used += cells;
  }
  return result;
}

function cutStart(text: string, limit: number): string {
  const skipped = styledWidth(text) - limit;
  if (skipped <= 0) return text;
  let used = 0;
  let result = "";
  for (const piece of pieces(text)) {
    if (piece.hashes !== undefined) {
      const kept = used > skipped ? piece.cells : Math.max(0, piece.cells - (skipped - used));
      if (kept > 0) result += hashes(piece, kept);
    } else if (piece.cells === 0 || used >= skipped) result += piece.text;
    used += piece.cells;
  }
  return result;
}

/** Blanks up to `width` cells behind the text, or before it when negative. Styles count as what they are: text. */
export function padWidth(text: string, width: number): string {
  const blanks = " ".repeat(Math.min(10_000, Math.max(0, Math.abs(width) - textWidth(text))));
  return width > 0 ? text + blanks : blanks + text;
}
