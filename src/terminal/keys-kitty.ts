// The bytes of keys in the kitty keyboard protocol, for the press of a key. Used by `keys.ts` when the
// program has pushed flags. A press never needs its event type, so the flag that asks for releases (2) only
// decides the form of function keys. Source: the protocol's "Progressive enhancement" and its key table.

import { functionKey, modifierParameter, typedText } from "./keys-classic.ts";
import type { Key } from "./keys-names.ts";

const DISAMBIGUATE = 1;
const EVENT_TYPES = 2;
const ALTERNATE_KEYS = 4;
const ALL_AS_ESCAPES = 8;
const ASSOCIATED_TEXT = 16;

/** The key's bytes, or undefined where these flags leave it as it was before the protocol. */
export function encodeKitty(key: Key, flags: number): string | undefined {
  const modifiers = modifierParameter(key);
  const all = (flags & ALL_AS_ESCAPES) !== 0;
  const some = all || (flags & DISAMBIGUATE) !== 0;
  if (key.kind === "text") return encodeText(key, flags);
  const { form } = key;
  switch (form.kind) {
    case "control":
      // Enter, Tab and Backspace stay typeable in a shell after a program that crashed; Escape does not.
      if (!some) return undefined;
      return all || modifiers > 1 || form.code === 27
        ? unicodeKey(form.code, modifiers)
        : String.fromCharCode(form.code);
    case "keypad":
      if (!some) return undefined;
      if (!all && !key.ctrl && !key.alt && form.text !== "\r") return form.text;
      return unicodeKey(
        form.kitty,
        modifiers,
        all && form.text !== "\r" ? associated(form.text, key, flags) : undefined,
      );
    case "shifted":
      return usesForms(flags) ? unicodeKey(form.kitty, modifiers) : undefined;
    case "letter":
      if (!usesForms(flags)) return undefined;
      if (form.kitty !== undefined) return functionKey({ kind: "tilde", number: form.kitty }, modifiers, false);
      return functionKey({ ...form, ss3: "application" }, modifiers, false);
    case "tilde":
      return functionKey(form, modifiers, false);
  }
}

/** Application cursor and keypad modes count no more once any of these is set. */
function usesForms(flags: number): boolean {
  return (flags & (DISAMBIGUATE | EVENT_TYPES | ALL_AS_ESCAPES)) !== 0;
}

function encodeText(key: Extract<Key, { kind: "text" }>, flags: number): string | undefined {
  const all = (flags & ALL_AS_ESCAPES) !== 0;
  if (!all && ((flags & DISAMBIGUATE) === 0 || !(key.ctrl || key.alt))) return undefined;
  const code = key.text.codePointAt(0) ?? 0;
  const shifted = typedText(key).codePointAt(0) ?? code;
  const alternate = (flags & ALTERNATE_KEYS) !== 0 && shifted !== code ? `:${shifted}` : "";
  const text = all ? associated(typedText(key), key, flags) : undefined;
  return unicodeKey(`${code}${alternate}`, modifierParameter(key), text);
}

/** The text of the key as a code point, when asked for; Ctrl and Alt make it no text. */
function associated(text: string, key: Key, flags: number): number | undefined {
  return (flags & ASSOCIATED_TEXT) !== 0 && !key.ctrl && !key.alt ? text.codePointAt(0) : undefined;
}

/** CSI code ; modifiers ; text u, with what is not needed left out. */
function unicodeKey(code: number | string, modifiers: number, text?: number): string {
  const held = modifiers > 1 ? `${modifiers}` : "";
  if (text !== undefined) return `\x1b[${code};${held};${text}u`;
  return held === "" ? `\x1b[${code}u` : `\x1b[${code};${held}u`;
}
