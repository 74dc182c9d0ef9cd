// Keys by name and pasted text, as the bytes that the program expects right now. Used by `send --key`,
// `prompt`, the tmux face's send-keys and the composer.
// Rule kept: cli.md "named keys in the program's current keyboard mode", "bracketed if the program asked".

import type { KeyboardMode } from "./keyboard-mode.ts";
import { encodeClassic } from "./keys-classic.ts";
import { encodeKitty } from "./keys-kitty.ts";
import { parseKey } from "./keys-names.ts";

export { knownKeyNames } from "./keys-names.ts";

const encoder = new TextEncoder();

/**
 * The bytes of one press of the named key: a tmux name or a friendly one with any modifiers, or a single
 * character. Undefined when no such key is known (several characters of text are no key).
 */
export function encodeKey(name: string, mode: KeyboardMode): Uint8Array | undefined {
  const key = parseKey(name);
  if (key === undefined) return undefined;
  if (mode.kittyFlags === 0) return encoder.encode(encodeClassic(key, mode));
  // A program that asked for both protocols gets the newer one.
  return encoder.encode(encodeKitty(key, mode.kittyFlags) ?? encodeClassic(key, { ...mode, modifyOtherKeys: 0 }));
}

// ESC [ 201 ~ as a program may read it: parsers skip controls within a sequence, leading zeros and further
// parameters; U+009B is ESC [ in one character. No part of it can match what the next part begins with and
// none crosses another ESC, so the time stays linear.
const SKIPPED = "[\\x00-\\x17\\x19\\x1c-\\x1f\\x7f]*";
const ZEROS = SKIPPED.replace("]", "0]");
const PARAMETERS = SKIPPED.replace("]", "0-?]");
const END_MARK = ["2", "0", "1", `(?:[:;]${PARAMETERS})?~`].join(SKIPPED);
const PASTE_END = new RegExp(`\\x1b(?=${SKIPPED}\\[${ZEROS}${END_MARK})|\\xc2\\x9b(?=${ZEROS}${END_MARK})`, "g");

/** U+241B, the picture of ESC, in UTF-8. In its place: taking ESC out could let two halves meet as a new one. */
const ESCAPE_PICTURE = "\xe2\x90\x9b";

/**
 * Text as a terminal pastes it. When the program asked for bracketed paste: the bytes as they are, newlines
 * too, between ESC [ 200 ~ and ESC [ 201 ~, and any end mark inside made harmless (its ESC becomes U+241B).
 * Otherwise as if typed: every CR LF and LF becomes CR, which is what Enter sends.
 */
export function encodePaste(text: string | Uint8Array, mode: Pick<KeyboardMode, "bracketedPaste">): Uint8Array {
  // One character per byte, so that any bytes survive and expressions see the UTF-8 as it is.
  const given = typeof text === "string" ? encoder.encode(text) : text;
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString("latin1");
  const pasted = mode.bracketedPaste
    ? `\x1b[200~${bytes.replace(PASTE_END, ESCAPE_PICTURE)}\x1b[201~`
    : bytes.replace(/\r?\n/g, "\r");
  return new Uint8Array(Buffer.from(pasted, "latin1"));
}
