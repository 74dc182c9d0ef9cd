// Reads one finished escape sequence of a keyboard: which key, with which modifiers, pressed or let go. Knows
// the two encodings that can carry Ctrl with any key: kitty's CSI u and xterm's modifyOtherKeys. Used by
// key-filter.ts for every sequence that is typed.

import type { KeyStep } from "./detach-key.ts";

export type KeyEvent =
  | { readonly kind: "press"; readonly key: Key }
  | { readonly kind: "release"; readonly key: Key }
  /** A mouse or focus report, an answer to a query, a modifier alone: nothing that counts as typing. */
  | { readonly kind: "report" }
  /** A key, but none that could be a detach key. */
  | { readonly kind: "other" };

export interface Key {
  readonly code: number;
  /** The same key with Shift, and where it is on a US keyboard; 0 when the terminal does not say. */
  readonly shifted: number;
  readonly base: number;
  /** Bits: 1 shift, 2 alt, 4 ctrl, 8 super, 16 hyper, 32 meta; locks are left out. */
  readonly modifiers: number;
}

const CTRL = 4;
const SHIFT = 1;
/** Caps Lock and Num Lock are states, not keys that somebody holds. */
const LOCKS = 64 | 128;
/** kitty's code points of modifier keys themselves (left Shift to ISO level 5 Shift), and of the lock keys. */
const MODIFIER_KEYS: readonly [number, number] = [57441, 57454];
const LOCK_KEYS: readonly [number, number] = [57358, 57360];

/** `body` is what stands between `ESC [` and the final byte, as text. */
export function readCsi(body: string, final: string): KeyEvent {
  if (final === "u") return readKitty(body);
  if (final === "~") return body.startsWith("27;") ? readOtherKey(body) : functionKey(body);
  const prefixed = body !== "" && "<=>?".includes(body.charAt(0));
  if (prefixed || "cnRtyxMmIO$".includes(final)) return finalsOfKeys(body, final);
  return functionKey(body);
}

/** Whether this press is the step's key: exactly its modifiers, whatever the locks say. */
export function matches(step: KeyStep, key: Key): boolean {
  const wanted = step.ctrl ? CTRL : 0;
  if (key.modifiers === wanted) {
    // A key of another alphabet is meant by where it stands on a US keyboard.
    return key.code === step.code || (key.code > 0x7f && key.base === step.code);
  }
  // On some layouts the character itself needs Shift.
  if (key.modifiers !== (wanted | SHIFT)) return false;
  return key.shifted === step.code || (!step.ctrl && key.code === lowerCase(step.code) && key.code !== step.code);
}

function lowerCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

function readKitty(body: string): KeyEvent {
  if (!/^[\d:;]+$/.test(body)) return { kind: "report" };
  const [codes = "", state = "", ...rest] = body.split(";");
  if (rest.length > 1) return { kind: "other" };
  const [code = 0, shifted = 0, base = 0] = codes.split(":").map(Number);
  const [modifiers = 1, event = 1] = state.split(":").map((text) => (text === "" ? 1 : Number(text)));
  const between = (range: readonly [number, number]) => code >= range[0] && code <= range[1];
  if (between(MODIFIER_KEYS) || between(LOCK_KEYS)) return { kind: "report" };
  const key: Key = { code, shifted, base, modifiers: (modifiers - 1) & ~LOCKS };
  return { kind: event === 3 ? "release" : "press", key };
}

function readOtherKey(body: string): KeyEvent {
  const parts = body.split(";").map(Number);
  if (parts.length !== 3) return { kind: "other" };
  const [, modifiers = 1, code = 0] = parts;
  return { kind: "press", key: { code, shifted: 0, base: 0, modifiers: (modifiers - 1) & ~LOCKS } };
}

/** F1 to F4 and the keypad share R and friends with reports: a key has at most `1;modifiers`. */
function finalsOfKeys(body: string, final: string): KeyEvent {
  if (final === "R" && /^1;[2-9]\d*(:\d)?$/.test(body)) return functionKey(body);
  return { kind: "report" };
}

/** kitty adds the kind of event behind the modifiers; 3 is a release. */
function functionKey(body: string): KeyEvent {
  return /;\d*:3$/.test(body)
    ? { kind: "release", key: { code: 0, shifted: 0, base: 0, modifiers: 0 } }
    : { kind: "other" };
}
