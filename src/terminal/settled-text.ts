// Which characters stand alone in their cells whatever comes before or after them: they never join a neighbour and
// have a width. Lines of only such text need no screen model to know what they are (direct-lines.ts). Everything
// that is not listed here takes the slow way, so a missing range costs time, never exactness; a test asks the
// engine about every character listed.

/** First and last code points, ascending. Left out: marks, joiners, prepended signs, Hangul jamo, flags, skin tones. */
export const SETTLED_RANGES: readonly (readonly [number, number])[] = [
  [0xa0, 0xac],
  [0xae, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x590],
  [0x2010, 0x2027],
  [0x202f, 0x205e],
  [0x2070, 0x20cf],
  [0x2100, 0x2bff],
  [0x3000, 0x3029],
  [0x3030, 0x303f],
  [0x3041, 0x3096],
  [0x309b, 0x30ff],
  [0x3105, 0x312f],
  [0x3131, 0xa48c],
  [0xac00, 0xd7a3],
  [0xe000, 0xfaff],
  [0xff01, 0xff9d],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f3fa],
  [0x1f400, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

/** One bit per code point of the basic plane. */
const SETTLED = new Uint8Array(0x10000 >> 3);
for (const [first, last] of SETTLED_RANGES) {
  for (let codePoint = first; codePoint <= last && codePoint < 0x10000; codePoint += 1) {
    SETTLED[codePoint >> 3] = (SETTLED[codePoint >> 3] as number) | (1 << (codePoint & 7));
  }
}

/** Bytes of the settled character beyond ASCII that begins at `at`; 0 when it is none or not whole UTF-8. */
export function settledLength(bytes: Uint8Array, at: number): 0 | 2 | 3 | 4 {
  const lead = bytes[at] as number;
  const second = continuation(bytes[at + 1]);
  if (second < 0) return 0;
  if (lead < 0xe0) return lead >= 0xc2 && isSettledHere(((lead & 0x1f) << 6) | second) ? 2 : 0;
  const third = continuation(bytes[at + 2]);
  if (third < 0) return 0;
  // Overlong forms come out below what the table has for their length.
  if (lead < 0xf0) {
    const codePoint = ((lead & 0x0f) << 12) | (second << 6) | third;
    return codePoint >= 0x800 && isSettledHere(codePoint) ? 3 : 0;
  }
  const fourth = continuation(bytes[at + 3]);
  if (fourth < 0 || lead > 0xf4) return 0;
  return isSettledBeyond(((lead & 0x07) << 18) | (second << 12) | (third << 6) | fourth) ? 4 : 0;
}

function continuation(byte: number | undefined): number {
  return byte !== undefined && (byte & 0xc0) === 0x80 ? byte & 0x3f : -1;
}

function isSettledHere(codePoint: number): boolean {
  return ((SETTLED[codePoint >> 3] as number) & (1 << (codePoint & 7))) !== 0;
}

function isSettledBeyond(codePoint: number): boolean {
  for (let index = SETTLED_RANGES.length - 1; index >= 0; index -= 1) {
    const range = SETTLED_RANGES[index];
    if (range === undefined || range[0] < 0x10000) return false;
    if (codePoint >= range[0]) return codePoint <= range[1];
  }
  return false;
}
