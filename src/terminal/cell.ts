// The bits of a cell in the engine's lines, named once. Used by everything that reads cells: the row writer,
// the history encoder, the read-out, the print fast path.

import type { Attributes, ExtendedAttributes, Line } from "./xterm-internals.ts";

export const CELL_WORDS = 3;

export const CODE_POINT = 0x1fffff;
export const COMBINED = 0x200000;
export const HAS_CONTENT = 0x3fffff;
export const WIDTH_SHIFT = 22;

export const COLOUR_MODE = 0x3000000;
export const PALETTE_16 = 0x1000000;
export const PALETTE_256 = 0x2000000;
/** Mode and value together. */
export const COLOUR = 0x3ffffff;

/** Flags in the foreground word. */
export const INVERSE = 0x4000000;
export const BOLD = 0x8000000;
export const UNDERLINE = 0x10000000;
export const BLINK = 0x20000000;
export const INVISIBLE = 0x40000000;
export const STRIKETHROUGH = 0x80000000;

/** Flags in the background word. */
export const ITALIC = 0x4000000;
export const DIM = 0x8000000;
export const HAS_EXTENDED = 0x10000000;
export const PROTECTED = 0x20000000;
export const OVERLINE = 0x40000000;

/** What makes text look as it does. Underline 0 to 5 (none, single, double, curly, dotted, dashed); link 0 is none. */
export interface Style {
  readonly fg: number;
  /** Without HAS_EXTENDED. */
  readonly bg: number;
  readonly underline: number;
  /** Mode and value as in fg, 0 for the text's own colour. */
  readonly underlineColour: number;
  readonly link: number;
}

export const PLAIN: Style = { fg: 0, bg: 0, underline: 0, underlineColour: 0, link: 0 };

export function styleOf(fg: number, bg: number, extended: ExtendedAttributes | undefined): Style {
  if (fg === 0 && bg === 0) return PLAIN;
  const kept = bg & HAS_EXTENDED ? extended : undefined;
  const underlined = (fg & UNDERLINE) !== 0;
  return {
    fg: fg >>> 0,
    bg: (bg & ~HAS_EXTENDED) >>> 0,
    underline: underlined ? (kept ? (kept._ext >>> 26) & 7 || 1 : 1) : 0,
    underlineColour: underlined && kept ? kept._ext & COLOUR : 0,
    link: kept ? kept._urlId : 0,
  };
}

/** The style of a cell; `extended` of a cell that has none is never looked at. */
export function cellStyle(line: Line, column: number): Style {
  const at = column * CELL_WORDS;
  return styleOf(line._data[at + 1] ?? 0, line._data[at + 2] ?? 0, line._extendedAttrs[column]);
}

/** The pen, with the underline colour that waits for the next underline. */
export function penStyle(pen: Attributes): Style {
  return { ...styleOf(pen.fg, pen.bg, pen.extended), underlineColour: pen.extended._ext & COLOUR };
}

export function sameStyle(a: Style, b: Style): boolean {
  return (
    a === b ||
    (a.fg === b.fg &&
      a.bg === b.bg &&
      a.underline === b.underline &&
      a.underlineColour === b.underlineColour &&
      a.link === b.link)
  );
}

/** The text of a cell, empty for a blank one and for the second half of a wide one. */
export function cellText(line: Line, column: number): string {
  const content = line._data[column * CELL_WORDS] ?? 0;
  if (content & COMBINED) return line._combined[column] ?? "";
  const codePoint = content & CODE_POINT;
  return codePoint === 0 ? "" : String.fromCodePoint(codePoint);
}
