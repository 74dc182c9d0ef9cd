// Numbers and percentages in arguments, with the words that tmux ends its message with: `width too small`.
// Used by options/, layout/ and the server's commands.

import { type Parsed, parsed, parseFailure } from "./parsed.ts";

/** A whole number as C's strtonum takes it. Fails with `invalid`, `too small` or `too large`, without the subject. */
export function parseNumber(text: string, least: number, most: number): Parsed<number> {
  if (!/^\s*[-+]?\d+$/.test(text)) return parseFailure("invalid");
  const value = Number(text);
  if (value < least) return parseFailure("too small");
  if (value > most) return parseFailure("too large");
  return parsed(value);
}

/** A number, or `N%` of `whole` rounded down: `-l 70%`, `-x 30%`. Fails as parseNumber does. */
export function parseSize(text: string, least: number, most: number, whole: number): Parsed<number> {
  if (!text.endsWith("%")) return parseNumber(text, least, most);
  const percent = parseNumber(text.slice(0, -1), 0, 100);
  if (!percent.ok) return percent;
  return parseNumber(String(Math.floor((whole * percent.value) / 100)), least, most);
}
