// The bytes of keys as xterm sends them by default, and with modifyOtherKeys. Used by `keys.ts` when the
// program has not asked for the kitty protocol.
// Sources of the rules: xterm's ctlseqs ("PC-Style Function Keys", "modifyOtherKeys") and the table of
// control characters for ASCII keys in the kitty protocol's chapter on legacy text keys.

import type { KeyboardMode } from "./keyboard-mode.ts";
import { type Key, type Modifiers, upperCase } from "./keys-names.ts";
import { KEYS, type KeyForm } from "./keys-table.ts";

type NamedForm<Kind extends KeyForm["kind"]> = Extract<KeyForm, { kind: Kind }>;

/** 1 plus Shift 1, Alt 2, Ctrl 4: the parameter of every modified key, in all three protocols. */
export function modifierParameter(modifiers: Modifiers): number {
  return 1 + (modifiers.shift ? 1 : 0) + (modifiers.alt ? 2 : 0) + (modifiers.ctrl ? 4 : 0);
}

/** What the key types as text: with Shift if it is held, nothing else. */
export function typedText(key: Extract<Key, { kind: "text" }>): string {
  return key.shift ? upperCase(key.text) : key.text;
}

export function encodeClassic(key: Key, mode: KeyboardMode): string {
  const modified = mode.modifyOtherKeys > 0 ? modifyOtherKeys(key, mode.modifyOtherKeys === 2) : undefined;
  if (modified !== undefined) return modified;
  const prefix = key.alt ? "\x1b" : "";
  if (key.kind === "text") return prefix + (key.ctrl ? controlled(key) : typedText(key));
  switch (key.form.kind) {
    case "control":
      return prefix + ownByte(key.form, key, mode);
    case "keypad":
      if (mode.applicationKeypad) return `${prefix}\x1bO${key.form.letter}`;
      return prefix + (key.form.letter === "M" && mode.lineFeedMode ? "\r\n" : key.form.text);
    case "shifted": {
      const base = KEYS.get(key.form.base);
      return base === undefined ? "" : functionKey(base, modifierParameter({ ...key, shift: true }), false);
    }
    default:
      return functionKey(key.form, modifierParameter(key), mode.applicationCursor);
  }
}

/** Keys that are a letter or a number after CSI: `1;` or `;` and the modifiers only if there are any. */
export function functionKey(form: KeyForm, modifiers: number, application: boolean): string {
  const tail = modifiers > 1 ? `;${modifiers}` : "";
  if (form.kind === "tilde") return `\x1b[${form.number}${tail}~`;
  if (form.kind !== "letter") return "";
  if (tail === "") return (form.ss3 === "always" || application ? "\x1bO" : "\x1b[") + form.letter;
  return `\x1b[1${tail}${form.letter}`;
}

function ownByte(form: NamedForm<"control">, modifiers: Modifiers, mode: KeyboardMode): string {
  if (form.code === 13 && mode.lineFeedMode) return "\r\n";
  if (form.code === 9 && modifiers.shift) return "\x1b[Z";
  if (form.code === 127 && modifiers.ctrl) return "\b";
  return String.fromCharCode(form.code);
}

/** Ctrl with a key that has no control character is the key alone, as on a real keyboard. */
function controlled(key: Extract<Key, { kind: "text" }>): string {
  return controlCharacter(key.text) ?? typedText(key);
}

/** Beside `@` to `_` and the letters, which lose their upper bits. */
const CONTROL_CHARACTERS: ReadonlyMap<string, string> = new Map([
  [" ", "\x00"],
  ["2", "\x00"],
  ["3", "\x1b"],
  ["4", "\x1c"],
  ["5", "\x1d"],
  ["6", "\x1e"],
  ["7", "\x1f"],
  ["8", "\x7f"],
  ["/", "\x1f"],
  ["?", "\x7f"],
  ["~", "\x1e"],
]);

function controlCharacter(text: string): string | undefined {
  if (/^[@-_a-z]$/.test(text)) return String.fromCharCode(text.charCodeAt(0) & 0x1f);
  return CONTROL_CHARACTERS.get(text);
}

/** CSI 27 ; modifiers ; code ~, or undefined where this level leaves the key as it always was. */
function modifyOtherKeys(key: Key, all: boolean): string | undefined {
  const code = key.kind === "text" ? typedText(key).codePointAt(0) : key.form.kind === "control" ? key.form.code : 0;
  const wanted = key.kind === "text" ? changesText(key, all) : changesNamed(key, all);
  return wanted ? `\x1b[27;${modifierParameter(key)};${code}~` : undefined;
}

/** Level 2 changes every key with Ctrl or Alt; level 1 only what Ctrl could not say before. */
function changesText(key: Extract<Key, { kind: "text" }>, all: boolean): boolean {
  if (all) return key.ctrl || key.alt || (key.shift && key.text === " ");
  return key.ctrl && (key.shift || controlCharacter(key.text) === undefined);
}

/** Shift-Tab is CSI Z at every level; at level 1 Alt stays a prefix, Escape and Backspace stay themselves. */
function changesNamed(key: Extract<Key, { kind: "named" }>, all: boolean): boolean {
  if (key.form.kind !== "control") return false;
  const { code } = key.form;
  if (code === 9 && key.shift && !key.ctrl && !key.alt) return false;
  if (all) return key.ctrl || key.alt || key.shift;
  return (key.ctrl || key.shift) && (code === 13 || code === 9);
}
