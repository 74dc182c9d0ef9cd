// Scans ahead over text and colours that need no state machine, which is nearly all of nearly every log. Used by
// `sanitize.ts`; the bytes it accepts must be exactly those that the slow way prints unchanged.

import { isDirectionOrLineMark } from "./unprintable.ts";
import { wholeCharacter } from "./utf8-stream.ts";

export interface PlainRun {
  /** Index after the last byte of the run. */
  readonly end: number;
  /** Code points in it. */
  readonly characters: number;
}

/** The printable characters and tabs from `from` on; ends before any control, mark or doubtful byte. */
export function plainRun(bytes: Uint8Array, from: number): PlainRun {
  let at = from;
  let continuations = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if ((byte >= 0x20 && byte < 0x7f) || byte === 0x09) {
      at += 1;
      continue;
    }
    if (byte < 0xc2) break;
    const length = wholeCharacter(bytes, at);
    if (length === 0 || isMark(bytes, at, length)) break;
    at += length;
    continuations += length - 1;
  }
  return { end: at, characters: at - from - continuations };
}

/** All direction and line marks have two or three bytes, and only these leads. */
function isMark(bytes: Uint8Array, at: number, length: number): boolean {
  const lead = bytes[at] as number;
  if (lead !== 0xe2 && lead !== 0xd8) return false;
  const second = (bytes[at + 1] as number) & 0x3f;
  if (length === 2) return isDirectionOrLineMark(((lead & 0x1f) << 6) | second);
  return isDirectionOrLineMark(((lead & 0x0f) << 12) | (second << 6) | ((bytes[at + 2] as number) & 0x3f));
}

/** Index after a whole `CSI ... m` that begins at `at`, else `at`: colours need no state machine either. */
export function afterColour(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x1b || bytes[at + 1] !== 0x5b) return at;
  for (let next = at + 2; next < bytes.length; next += 1) {
    const byte = bytes[next] as number;
    if (byte === 0x6d) return next + 1;
    if (byte < 0x30 || byte > 0x3b) return at;
  }
  return at;
}
