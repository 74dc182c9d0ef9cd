// From the name of a key to the key: tmux's names (`C-M-x`, `BTab`, `^C`, `PPage`) and friendly ones
// (`ctrl-c`, `Shift+Tab`, `pageup`). Used by `keys.ts`.
// Rule kept: cli.md "named keys"; single characters keep their case, names and modifiers ignore it.

import { ALIASES, KEYS, type KeyForm } from "./keys-table.ts";

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

export type Key =
  /** `text` is one code point as the key gives it without Shift: `A` is `a` with shift. */
  | (Modifiers & { readonly kind: "text"; readonly text: string })
  | (Modifiers & { readonly kind: "named"; readonly form: KeyForm });

const MODIFIER = /^(c|ctrl|control|m|alt|meta|s|shift)[-+](?=.)/isu;

const FORMS = new Map<string, KeyForm>();
for (const [name, form] of KEYS) FORMS.set(name.toLowerCase(), form);
for (const [alias, name] of ALIASES) {
  const form = KEYS.get(name);
  if (form !== undefined) FORMS.set(alias, form);
}

/** Every name that may stand after the modifiers, tmux's spelling first: for help and for suggestions. */
export function knownKeyNames(): readonly string[] {
  return [...KEYS.keys(), "Space", "BTab", ...ALIASES.keys(), "backtab"];
}

/** The key of that name, or undefined: the name is unknown, empty, or text of several characters. */
export function parseKey(name: string): Key | undefined {
  let rest = name;
  const held = { shift: false, alt: false, ctrl: false };
  for (let found = MODIFIER.exec(rest); found !== null; found = MODIFIER.exec(rest)) {
    const letter = found[1]?.charAt(0).toLowerCase();
    if (letter === "c") held.ctrl = true;
    else if (letter === "s") held.shift = true;
    else held.alt = true;
    rest = rest.slice(found[0].length);
  }
  if (/^\^.$/su.test(rest)) {
    held.ctrl = true;
    rest = rest.slice(1);
  }
  const lower = rest.toLowerCase();
  if (lower === "btab" || lower === "backtab") return named("tab", { ...held, shift: true });
  if (FORMS.has(lower)) return named(lower, held);
  if (lower === "space") return text(" ", held);
  return /^\P{Cc}$/u.test(rest) ? text(rest, held) : undefined;
}

function named(lower: string, modifiers: Modifiers): Key | undefined {
  const form = FORMS.get(lower);
  return form === undefined ? undefined : { ...modifiers, kind: "named", form };
}

function text(character: string, modifiers: Modifiers): Key | undefined {
  const plain = lowerCase(character);
  // tmux's rule: these three are the keys whose bytes they are, also for programs that could tell them apart.
  const same = { m: "enter", i: "tab", "[": "escape" }[plain];
  if (same !== undefined && modifiers.ctrl && !modifiers.shift) return named(same, { ...modifiers, ctrl: false });
  // `Ctrl-C` and `C-C` are how people write Ctrl and c; a Shift must be said. `M-X` does mean a capital.
  const shift = modifiers.shift || (plain !== character && !modifiers.ctrl);
  return { ...modifiers, shift, kind: "text", text: plain };
}

/** What the key gives with Shift: only letters are known, other keys depend on the layout and stay. */
export function upperCase(character: string): string {
  const upper = character.toUpperCase();
  return [...upper].length === 1 ? upper : character;
}

function lowerCase(character: string): string {
  const lower = character.toLowerCase();
  return upperCase(lower) === character ? lower : character;
}
