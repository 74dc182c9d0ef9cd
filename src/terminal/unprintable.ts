// Which characters may never reach a terminal, a table or a JSON string as they are, and how they are
// written instead. The sanitizer (`sanitize.ts`) and `visible.ts` share this one set, so that logs and
// tables agree. Rule kept: faults S6, and the sanitizer contract of "5. Security notes".

/** Characters that turn the reading direction around (UAX #9), and the two Unicode line separators. */
const DIRECTION_AND_LINES = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069";

/** C0, DEL, C1, direction marks and line separators: everything that `visible` rewrites. */
export const UNPRINTABLE = new RegExp(`[\\x00-\\x1f\\x7f-\\x9f${DIRECTION_AND_LINES}]`, "g");

/** Direction marks and line separators, by code point: the ones that are text to a terminal, not controls. */
export function isDirectionOrLineMark(codePoint: number): boolean {
  return (
    codePoint >= 0x61c &&
    (codePoint === 0x61c ||
      codePoint === 0x200e ||
      codePoint === 0x200f ||
      (codePoint >= 0x2028 && codePoint <= 0x202e) ||
      (codePoint >= 0x2066 && codePoint <= 0x2069))
  );
}

/** `\n`, `\r`, `\t`, `\x1b` or `\u202e`: one code point of the set as plain ASCII. */
export function escapeOf(codePoint: number): string {
  if (codePoint === 0x0a) return "\\n";
  if (codePoint === 0x0d) return "\\r";
  if (codePoint === 0x09) return "\\t";
  const digits = codePoint.toString(16);
  return codePoint < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}
