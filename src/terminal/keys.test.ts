// Proves the bytes of every named key in every keyboard mode.

import { describe, expect, test } from "bun:test";
import type { KeyboardMode } from "./keyboard-mode.ts";
import { encodeKey, knownKeyNames } from "./keys.ts";

const PLAIN: KeyboardMode = {
  applicationCursor: false,
  applicationKeypad: false,
  bracketedPaste: false,
  kittyFlags: 0,
  modifyOtherKeys: 0,
  lineFeedMode: false,
};

function bytesOf(name: string, mode: Partial<KeyboardMode> = {}): string | undefined {
  const bytes = encodeKey(name, { ...PLAIN, ...mode });
  return bytes && new TextDecoder().decode(bytes);
}

function expectKeys(mode: Partial<KeyboardMode>, keys: Record<string, string | undefined>): void {
  const names = Object.keys(keys);
  expect(Object.fromEntries(names.map((name) => [name, bytesOf(name, mode)]))).toEqual(keys);
}

describe("names", () => {
  test("tmux's special keys in any case, the classic bytes", () => {
    expectKeys({}, { Enter: "\r", enter: "\r", ENTER: "\r", Escape: "\x1b", Tab: "\t", BTab: "\x1b[Z", Space: " " });
    expectKeys({}, { BSpace: "\x7f", DC: "\x1b[3~", Delete: "\x1b[3~", IC: "\x1b[2~", Insert: "\x1b[2~" });
    expectKeys({}, { Home: "\x1b[H", End: "\x1b[F", Up: "\x1b[A", Down: "\x1b[B", Right: "\x1b[C", Left: "\x1b[D" });
    expectKeys({}, { PPage: "\x1b[5~", PageUp: "\x1b[5~", PgUp: "\x1b[5~" });
    expectKeys({}, { NPage: "\x1b[6~", PageDown: "\x1b[6~", PgDn: "\x1b[6~" });
  });

  test("function keys, the numbers of xterm with F13 and up as Shift", () => {
    expectKeys({}, { F1: "\x1bOP", F2: "\x1bOQ", F3: "\x1bOR", F4: "\x1bOS", F5: "\x1b[15~", F6: "\x1b[17~" });
    expectKeys({}, { F7: "\x1b[18~", F8: "\x1b[19~", F9: "\x1b[20~", F10: "\x1b[21~", F11: "\x1b[23~" });
    expectKeys({}, { F12: "\x1b[24~", F13: "\x1b[1;2P", f24: "\x1b[24;2~", F25: undefined, F0: undefined });
  });

  test("control keys, the C0 characters", () => {
    for (let code = 1; code <= 26; code += 1) {
      const letter = String.fromCharCode(96 + code);
      const byte = String.fromCharCode(code);
      expectKeys({}, { [`C-${letter}`]: byte, [`^${letter.toUpperCase()}`]: byte, [`ctrl-${letter}`]: byte });
    }
    expectKeys({}, { "C-Space": "\0", "C-@": "\0", "C-[": "\x1b", "C-\\": "\x1c", "C-]": "\x1d", "C-^": "\x1e" });
    expectKeys(
      {},
      { "C-_": "\x1f", "C-/": "\x1f", "C-?": "\x7f", "C-2": "\0", "C-7": "\x1f", "^[": "\x1b", "^^": "\x1e" },
    );
    expectKeys({}, { "C-C": "\x03", "Ctrl+C": "\x03", "control-c": "\x03", "C-BSpace": "\b" });
  });

  test("a control key without a control character, the key itself", () => {
    expectKeys({}, { "C-1": "1", "C-;": ";", "C--": "-", "C-é": "é" });
  });

  test("Alt, ESC before the key", () => {
    expectKeys({}, { "M-x": "\x1bx", "alt-x": "\x1bx", "Meta+x": "\x1bx", "M-X": "\x1bX", "M-S-x": "\x1bX" });
    expectKeys({}, { "C-M-x": "\x1b\x18", "M-C-x": "\x1b\x18", "M-Enter": "\x1b\r", "M-BSpace": "\x1b\x7f" });
    expectKeys({}, { "M-é": "\x1bé", "M--": "\x1b-", "M-Escape": "\x1b\x1b" });
  });

  test("modified special keys, the modifier as parameter", () => {
    expectKeys({}, { "S-Left": "\x1b[1;2D", "M-Left": "\x1b[1;3D", "C-Up": "\x1b[1;5A", "C-S-Home": "\x1b[1;6H" });
    expectKeys({}, { "C-M-S-DC": "\x1b[3;8~", "S-F1": "\x1b[1;2P", "C-F5": "\x1b[15;5~", "C-PPage": "\x1b[5;5~" });
    expectKeys({}, { "S-Tab": "\x1b[Z", "shift-tab": "\x1b[Z", "S-Enter": "\r", "C-Enter": "\r", "S-a": "A" });
  });

  test("single characters, themselves", () => {
    expectKeys({}, { a: "a", A: "A", "-": "-", "^": "^", "+": "+", "1": "1", é: "é", "😀": "😀", ";": ";" });
  });

  test("anything else, undefined", () => {
    for (const name of ["", "hello", "C-", "M-hello", "Entr", "ab", "C-M-", "\r", "\x1b", "constructor", "__proto__"]) {
      expect(bytesOf(name)).toBeUndefined();
    }
  });

  test("every known name, encoded alone and with every modifier in every mode", () => {
    for (const name of knownKeyNames()) {
      for (const modifiers of ["", "S-", "M-", "C-", "C-M-S-"]) {
        for (let kittyFlags = 0; kittyFlags < 32; kittyFlags += 1) {
          expect(bytesOf(modifiers + name, { kittyFlags })?.length).toBeGreaterThan(0);
        }
        expect(bytesOf(modifiers + name, { modifyOtherKeys: 2 })?.length).toBeGreaterThan(0);
      }
    }
  });
});

describe("classic modes", () => {
  test("application cursor keys, SS3 for arrows, Home and End without modifiers", () => {
    const mode = { applicationCursor: true };
    expectKeys(mode, { Up: "\x1bOA", Down: "\x1bOB", Right: "\x1bOC", Left: "\x1bOD", Home: "\x1bOH", End: "\x1bOF" });
    expectKeys(mode, { "C-Up": "\x1b[1;5A", PPage: "\x1b[5~", F5: "\x1b[15~", Enter: "\r" });
  });

  test("keypad, text or SS3 by its mode", () => {
    expectKeys({}, { KP0: "0", KP9: "9", KPEnter: "\r", "KP+": "+", "KP/": "/", "kp.": "." });
    const mode = { applicationKeypad: true };
    expectKeys(mode, {
      KP0: "\x1bOp",
      KP9: "\x1bOy",
      KPEnter: "\x1bOM",
      "KP+": "\x1bOk",
      "KP/": "\x1bOo",
      "kp.": "\x1bOn",
    });
  });

  test("line feed mode, Enter is CR LF", () => {
    expectKeys({ lineFeedMode: true }, { Enter: "\r\n", KPEnter: "\r\n", "C-m": "\r\n", "C-j": "\n" });
  });

  test("modifyOtherKeys 1, only what had no bytes of its own", () => {
    const mode = { modifyOtherKeys: 1 as const };
    expectKeys(mode, { "C-a": "\x01", "M-a": "\x1ba", "C-M-a": "\x1b\x01", "C-Space": "\0", A: "A", "S-Space": " " });
    expectKeys(mode, { "C-;": "\x1b[27;5;59~", "C-S-a": "\x1b[27;6;65~", "C-1": "\x1b[27;5;49~", "C-2": "\0" });
    expectKeys(mode, { "C-Enter": "\x1b[27;5;13~", "S-Enter": "\x1b[27;2;13~", "M-Enter": "\x1b\r", Enter: "\r" });
    expectKeys(mode, { "C-Tab": "\x1b[27;5;9~", "S-Tab": "\x1b[Z", "C-BSpace": "\b", Escape: "\x1b", "C-m": "\r" });
    expectKeys(mode, { "C-Up": "\x1b[1;5A", "S-F5": "\x1b[15;2~" });
  });

  test("modifyOtherKeys 2, every modified key", () => {
    const mode = { modifyOtherKeys: 2 as const };
    expectKeys(mode, {
      "C-a": "\x1b[27;5;97~",
      "M-a": "\x1b[27;3;97~",
      "C-M-a": "\x1b[27;7;97~",
      "M-X": "\x1b[27;4;88~",
    });
    expectKeys(mode, {
      "C-Space": "\x1b[27;5;32~",
      "S-Space": "\x1b[27;2;32~",
      A: "A",
      a: "a",
      "C-\\": "\x1b[27;5;92~",
    });
    expectKeys(mode, { "M-Enter": "\x1b[27;3;13~", "C-BSpace": "\x1b[27;5;127~", "S-Escape": "\x1b[27;2;27~" });
    expectKeys(mode, { Enter: "\r", Tab: "\t", Escape: "\x1b", "S-Tab": "\x1b[Z", "C-S-Tab": "\x1b[27;6;9~" });
  });
});

describe("kitty protocol", () => {
  test("flag 1, what was ambiguous becomes CSI u and text stays text", () => {
    const mode = { kittyFlags: 1, applicationCursor: true, applicationKeypad: true, modifyOtherKeys: 2 as const };
    expectKeys(mode, { a: "a", A: "A", é: "é", Space: " ", "S-Space": " ", Enter: "\r", Tab: "\t", BSpace: "\x7f" });
    expectKeys(mode, { Escape: "\x1b[27u", "C-c": "\x1b[99;5u", "C-C": "\x1b[99;5u", "M-x": "\x1b[120;3u" });
    expectKeys(mode, { "M-X": "\x1b[120;4u", "C-M-x": "\x1b[120;7u", "C-Space": "\x1b[32;5u", "C-\\": "\x1b[92;5u" });
    expectKeys(mode, {
      "S-Enter": "\x1b[13;2u",
      "C-Enter": "\x1b[13;5u",
      "S-Tab": "\x1b[9;2u",
      "C-BSpace": "\x1b[127;5u",
    });
    expectKeys(mode, {
      Up: "\x1b[A",
      "C-Up": "\x1b[1;5A",
      Home: "\x1b[H",
      DC: "\x1b[3~",
      F1: "\x1b[P",
      F3: "\x1b[13~",
    });
    expectKeys(mode, { "S-F3": "\x1b[13;2~", F5: "\x1b[15~", F13: "\x1b[57376u", F24: "\x1b[57387u" });
    expectKeys(mode, { KP5: "5", KPEnter: "\x1b[57414u", "C-KP5": "\x1b[57404;5u" });
  });

  test("Enter, Tab and Escape by their control names, still those keys", () => {
    expectKeys({ kittyFlags: 1 }, { "C-m": "\r", "C-i": "\t", "C-[": "\x1b[27u", "^M": "\r", "C-S-m": "\x1b[109;6u" });
  });

  test("flag 2 alone, classic text keys but no application cursor keys", () => {
    const mode = { kittyFlags: 2, applicationCursor: true };
    expectKeys(mode, { "C-c": "\x03", Escape: "\x1b", Up: "\x1b[A", "M-x": "\x1bx", F1: "\x1b[P" });
  });

  test("flags 4 or 16 alone, nothing changes", () => {
    for (const kittyFlags of [4, 16, 20]) {
      expectKeys(
        { kittyFlags, applicationCursor: true },
        { "C-c": "\x03", Up: "\x1bOA", F1: "\x1bOP", F13: "\x1b[1;2P" },
      );
    }
  });

  test("flag 8, every key is a sequence", () => {
    const mode = { kittyFlags: 8 };
    expectKeys(mode, { a: "\x1b[97u", A: "\x1b[97;2u", Space: "\x1b[32u", Enter: "\x1b[13u", Tab: "\x1b[9u" });
    expectKeys(mode, {
      BSpace: "\x1b[127u",
      Escape: "\x1b[27u",
      KP0: "\x1b[57399u",
      "!": "\x1b[33u",
      "C-a": "\x1b[97;5u",
    });
  });

  test("flags 4 and 16 beside 8, the shifted key and the text are told", () => {
    expectKeys({ kittyFlags: 8 + 4 }, { A: "\x1b[97:65;2u", a: "\x1b[97u", "C-S-a": "\x1b[97:65;6u" });
    expectKeys(
      { kittyFlags: 8 + 16 },
      { a: "\x1b[97;;97u", A: "\x1b[97;2;65u", "C-a": "\x1b[97;5u", Enter: "\x1b[13u" },
    );
    expectKeys({ kittyFlags: 31 }, { Ä: "\x1b[228:196;2;196u", "M-a": "\x1b[97;3u", KP1: "\x1b[57400;;49u" });
    expectKeys({ kittyFlags: 31 }, { KPEnter: "\x1b[57414u", Up: "\x1b[A" });
  });
});
