// What a person types at an attached client: bytes for the program, and keys after the prefix, which are the server's. Names
// keys as tmux does, for the sequences that terminals send in their usual modes.

import type { KeyboardMode } from "../../terminal/keyboard-mode.ts";
import { encodeKey } from "../../terminal/keys.ts";

export type Typed =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "key"; readonly key: string };

/** By the letter at the end of their sequence. */
const LETTERS: Readonly<Record<string, string>> = {
  A: "Up",
  B: "Down",
  C: "Right",
  D: "Left",
  F: "End",
  H: "Home",
  P: "F1",
  Q: "F2",
  R: "F3",
  S: "F4",
  Z: "BTab",
};

/** By the number before `~`. */
const NUMBERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...["Home", "IC", "DC", "End", "PPage", "NPage", "Home", "End"].map((name, at) => [at + 1, name]),
  ...[11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((number, at) => [number, `F${at + 1}`]),
]);

const CONTROLS: Readonly<Record<number, string>> = {
  0: "C-Space",
  9: "Tab",
  13: "Enter",
  27: "Escape",
  32: "Space",
  127: "BSpace",
};

export class PrefixKeys {
  /** What the prefix keys send. */
  prefixes: readonly Uint8Array[] = [Uint8Array.of(2)];
  #waiting = false;

  push(bytes: Uint8Array): Typed[] {
    const typed: Typed[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; ) {
      if (this.#waiting) {
        const { key, length } = keyAt(bytes, at);
        this.#waiting = false;
        typed.push({ kind: "key", key });
        at += length;
        from = at;
        continue;
      }
      const length = this.#prefixAt(bytes, at);
      if (length > 0) {
        if (at > from) typed.push({ kind: "bytes", bytes: bytes.subarray(from, at) });
        this.#waiting = true;
        from = at + length;
      }
      at += Math.max(1, length);
    }
    if (from < bytes.length) typed.push({ kind: "bytes", bytes: bytes.subarray(from) });
    return typed;
  }

  /** How many bytes of a prefix begin here. */
  #prefixAt(bytes: Uint8Array, at: number): number {
    const found = this.prefixes.find((prefix) => prefix.every((byte, index) => bytes[at + index] === byte));
    return found?.length ?? 0;
  }
}

const USUAL: KeyboardMode = {
  applicationCursor: false,
  applicationKeypad: false,
  bracketedPaste: false,
  lineFeedMode: false,
  modifyOtherKeys: 0,
  kittyFlags: 0,
};

/** What terminals send for the keys of these names; `None` is no key. */
export function prefixBytes(names: readonly string[]): Uint8Array[] {
  return names.flatMap((name) => (name === "None" ? [] : (encodeKey(name, USUAL) ?? [])));
}

function keyAt(bytes: Uint8Array, at: number): { key: string; length: number } {
  const text = new TextDecoder("latin1").decode(bytes.subarray(at, at + 32));
  const sequence = /^\x1b(?:\[([0-9;:<=>?]*)([@-~])|O([@-~]))/.exec(text);
  // Nothing is bound to what has no name here, and no part of it is for the program.
  if (sequence !== null) return { key: sequenceName(sequence) ?? "None", length: sequence[0].length };
  if (text.length > 1 && text.startsWith("\x1b")) {
    const { key, length } = characterAt(bytes, at + 1);
    return { key: `M-${key}`, length: length + 1 };
  }
  return characterAt(bytes, at);
}

function sequenceName([, parameters = "", final = "", letter]: RegExpExecArray): string | undefined {
  const [number = "", modifiers = "1"] = parameters.split(";");
  const name = final === "~" ? NUMBERS[number] : LETTERS[letter ?? final];
  const held = Number(modifiers) - 1;
  return name && `${held & 4 ? "C-" : ""}${held & 2 ? "M-" : ""}${held & 1 ? "S-" : ""}${name}`;
}

function characterAt(bytes: Uint8Array, at: number): { key: string; length: number } {
  const byte = bytes[at] ?? 0;
  const control = CONTROLS[byte] ?? (byte < 32 ? `C-${String.fromCharCode(byte + 96)}` : undefined);
  if (control !== undefined) return { key: control, length: 1 };
  const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  return { key: new TextDecoder().decode(bytes.subarray(at, at + length)), length };
}
