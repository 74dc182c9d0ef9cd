// The keys that have a name, and what terminals send for each: xterm's classic forms and the numbers of the
// kitty keyboard protocol. Data only; `keys-names.ts` finds a key here, the encoders read its form.

export type KeyForm =
  /** A key with a byte of its own that is also its number in the newer protocols. */
  | { readonly kind: "control"; readonly code: 9 | 13 | 27 | 127 }
  /** CSI letter, or SS3 letter: always (F1 to F4) or while the program has application cursor keys. */
  | {
      readonly kind: "letter";
      readonly letter: string;
      readonly ss3: "always" | "application";
      readonly kitty?: number;
    }
  /** CSI number ~. */
  | { readonly kind: "tilde"; readonly number: number }
  /** F13 to F24: xterm sends Shift with F1 to F12, as its terminfo entry says; kitty has numbers for them. */
  | { readonly kind: "shifted"; readonly base: string; readonly kitty: number }
  /** A key of the keypad: its text, or SS3 letter in application keypad mode. */
  | { readonly kind: "keypad"; readonly text: string; readonly letter: string; readonly kitty: number };

/** F5 to F12 in xterm: the numbers skip 16 and 22 since the VT220. */
const TILDE_FUNCTION_KEYS = [15, 17, 18, 19, 20, 21, 23, 24] as const;

const KITTY_F13 = 57376;
const KITTY_KP_0 = 57399;

function functionKeys(): [string, KeyForm][] {
  const first: [string, KeyForm][] = [..."PQRS"].map((letter, index) => [
    `F${index + 1}`,
    // CSI R would be a cursor report, so kitty's F3 is CSI 13 ~.
    { kind: "letter", letter, ss3: "always", ...(letter === "R" ? { kitty: 13 } : {}) },
  ]);
  const second = TILDE_FUNCTION_KEYS.map((number, index): [string, KeyForm] => [
    `F${index + 5}`,
    { kind: "tilde", number },
  ]);
  const third = Array.from({ length: 12 }, (_, index): [string, KeyForm] => [
    `F${index + 13}`,
    { kind: "shifted", base: `F${index + 1}`, kitty: KITTY_F13 + index },
  ]);
  return [...first, ...second, ...third];
}

function keypad(): [string, KeyForm][] {
  // The text of each key and its SS3 letter on a VT100, in the order of kitty's numbers.
  const keys = ["0p", "1q", "2r", "3s", "4t", "5u", "6v", "7w", "8x", "9y", ".n", "/o", "*j", "-m", "+k", "\rM", "=X"];
  return keys.map((key, index) => {
    const text = key.charAt(0);
    const name = text === "\r" ? "KPEnter" : `KP${text}`;
    return [name, { kind: "keypad", text, letter: key.charAt(1), kitty: KITTY_KP_0 + index }];
  });
}

/** By tmux's name of the key. */
export const KEYS: ReadonlyMap<string, KeyForm> = new Map<string, KeyForm>([
  ["Enter", { kind: "control", code: 13 }],
  ["Escape", { kind: "control", code: 27 }],
  ["Tab", { kind: "control", code: 9 }],
  ["BSpace", { kind: "control", code: 127 }],
  ["Up", { kind: "letter", letter: "A", ss3: "application" }],
  ["Down", { kind: "letter", letter: "B", ss3: "application" }],
  ["Right", { kind: "letter", letter: "C", ss3: "application" }],
  ["Left", { kind: "letter", letter: "D", ss3: "application" }],
  ["Home", { kind: "letter", letter: "H", ss3: "application" }],
  ["End", { kind: "letter", letter: "F", ss3: "application" }],
  ["IC", { kind: "tilde", number: 2 }],
  ["DC", { kind: "tilde", number: 3 }],
  ["PPage", { kind: "tilde", number: 5 }],
  ["NPage", { kind: "tilde", number: 6 }],
  ...functionKeys(),
  ...keypad(),
]);

/** Other names for the same keys, as people and other tools write them; in lower case. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ["return", "Enter"],
  ["esc", "Escape"],
  ["backspace", "BSpace"],
  ["insert", "IC"],
  ["ins", "IC"],
  ["delete", "DC"],
  ["del", "DC"],
  ["pageup", "PPage"],
  ["pgup", "PPage"],
  ["pagedown", "NPage"],
  ["pgdn", "NPage"],
]);
