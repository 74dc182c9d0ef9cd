// Characters that are shapes rather than letters: block elements (U+2580 to 259F), braille dots (U+2800 to 28FF) and
// the arrows of powerline prompts (U+E0B0 to E0B3). Fonts leave seams between them or lack them, so svg.ts draws them
// itself, exactly in their cells, as terminals do.

/** Left, top, width and height in eighths of the cell. */
type Rectangle = readonly [x: number, y: number, width: number, height: number];

export interface CellShape {
  readonly rectangles: readonly Rectangle[];
  /** Centres of dots in eighths of the cell. */
  readonly dots: readonly (readonly [x: number, y: number])[];
  /** A triangle over the whole cell that points to the right or to the left, full or as two lines. */
  readonly arrow?: { readonly right: boolean; readonly full: boolean };
  /** 1, less for the shades. */
  readonly opacity: number;
}

const [UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT]: readonly Rectangle[] = [
  [0, 0, 4, 4],
  [4, 0, 4, 4],
  [0, 4, 4, 4],
  [4, 4, 4, 4],
] as const;

/** U+2596 to 259F: which quarters are full. */
const QUARTERS = [
  [LOWER_LEFT],
  [LOWER_RIGHT],
  [UPPER_LEFT],
  [UPPER_LEFT, LOWER_LEFT, LOWER_RIGHT],
  [UPPER_LEFT, LOWER_RIGHT],
  [UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT],
  [UPPER_LEFT, UPPER_RIGHT, LOWER_RIGHT],
  [UPPER_RIGHT],
  [UPPER_RIGHT, LOWER_LEFT],
  [UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT],
] as (readonly Rectangle[])[];

/** Bit 0 to 7 of a braille character: its dot as column and row. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** Undefined for a character that is drawn with a font. */
export function cellShape(text: string): CellShape | undefined {
  if (text.length !== 1) return undefined;
  const code = text.charCodeAt(0);
  if (code >= 0x2800 && code <= 0x28ff) {
    const dots = DOTS.filter((_, bit) => ((code >> bit) & 1) === 1);
    return { rectangles: [], dots: dots.map(([x, y]) => [2 + 4 * x, 1 + 2 * y]), opacity: 1 };
  }
  if (code >= 0xe0b0 && code <= 0xe0b3) {
    return { rectangles: [], dots: [], arrow: { right: code < 0xe0b2, full: code % 2 === 0 }, opacity: 1 };
  }
  if (code < 0x2580 || code > 0x259f) return undefined;
  const shade = code >= 0x2591 && code <= 0x2593;
  return { rectangles: blockOf(code), dots: [], opacity: shade ? (code - 0x2590) / 4 : 1 };
}

function blockOf(code: number): readonly Rectangle[] {
  if (code >= 0x2596) return QUARTERS[code - 0x2596] ?? [];
  if (code === 0x2580) return [[0, 0, 8, 4]];
  if (code === 0x2590) return [[4, 0, 4, 8]];
  if (code === 0x2594) return [[0, 0, 8, 1]];
  if (code === 0x2595) return [[7, 0, 1, 8]];
  // Lower one eighth to full block, then left seven eighths to one eighth.
  if (code <= 0x2588) return [[0, 8 - (code - 0x2580), 8, code - 0x2580]];
  if (code <= 0x258f) return [[0, 0, 0x2590 - code, 8]];
  return [[0, 0, 8, 8]];
}
