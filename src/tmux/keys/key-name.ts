// Names of keys as tmux takes and prints them: `c-A` is `C-a`, `^x` is `C-x`, `PageUp` is `PPage`. For bind-key,
// the option prefix and list-keys; what a key sends is the business of src/terminal/keys.ts, which takes these names.

import { knownKeyNames } from "../../terminal/keys.ts";

/** Second names, in small letters, and the one that is printed. */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  delete: "DC",
  insert: "IC",
  pageup: "PPage",
  pgup: "PPage",
  pagedown: "NPage",
  pgdn: "NPage",
};

const NAMES = [
  "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 IC DC Home End NPage PPage Tab BTab Space BSpace Enter Escape",
  "Up Down Left Right KP/ KP* KP- KP7 KP8 KP9 KP+ KP4 KP5 KP6 KP1 KP2 KP3 KPEnter KP0 KP. Any",
]
  .join(" ")
  .split(" ");

const MOUSE =
  /^(?:(?:Mouse(?:Down|Up|Drag|DragEnd)|SecondClick|DoubleClick|TripleClick)(?:[1-3]|[6-9]|1[01])|Wheel(?:Up|Down)|MouseMove)(?:Pane|Status|StatusLeft|StatusRight|StatusDefault|Border)$/;

/** Keys that are the byte which Ctrl and a letter make. */
const CONTROL_KEYS: Readonly<Record<string, string>> = { m: "Enter", i: "Tab", "[": "Escape", "@": "C-Space" };

const BY_LOWER = new Map([
  ...NAMES.map((name): [string, string] => [name.toLowerCase(), name]),
  ...Object.entries(SECOND_NAMES),
]);

/** The name as list-keys prints it; undefined when it is no key (`unknown key: x`, `bad key: x`). */
export function canonicalKey(text: string): string | undefined {
  let rest = text;
  const held = { C: false, M: false, S: false };
  if (rest.startsWith("^") && rest.length > 1) {
    held.C = true;
    rest = rest.slice(1);
  }
  for (let found = /^([CMScms])-(?=.)/su.exec(rest); found !== null; found = /^([CMScms])-(?=.)/su.exec(rest)) {
    held[found[1]?.toUpperCase() as "C" | "M" | "S"] = true;
    rest = rest.slice(2);
  }
  const code = /^0x([0-9a-fA-F]+)$/.exec(rest);
  if (code !== null) rest = String.fromCodePoint(Math.min(Number.parseInt(code[1] ?? "0", 16), 0x10ffff));
  const single = [...rest].length === 1;
  const name = single ? (rest === " " ? "Space" : rest) : nameOf(rest);
  if (name === undefined) return undefined;
  if (held.C && /^[A-Za-z@[\\\]^_?]$/.test(name)) {
    return `${held.M ? "M-" : ""}${held.S ? "S-" : ""}${CONTROL_KEYS[name.toLowerCase()] ?? `C-${name.toLowerCase()}`}`;
  }
  return `${held.C ? "C-" : ""}${held.M ? "M-" : ""}${held.S ? "S-" : ""}${name}`;
}

function nameOf(text: string): string | undefined {
  const known = BY_LOWER.get(text.toLowerCase());
  if (known !== undefined) return known;
  if (MOUSE.test(text) || /^User\d{1,3}$/.test(text)) return text;
  // Keys that only newer terminals and bide's own encoder know (F13 to F24).
  return knownKeyNames().find((name) => name.toLowerCase() === text.toLowerCase());
}
