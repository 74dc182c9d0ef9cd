// Proves the bytes of every answer, and that none can carry text which a program chose.

import { describe, expect, test } from "bun:test";
import type { Query } from "./query.ts";
import { answerQuery, DEFAULT_FACTS, type TerminalFacts } from "./query-answers.ts";

const FACTS: TerminalFacts = { ...DEFAULT_FACTS, version: "1.2.3" };

function answerTo(query: Query, facts: TerminalFacts = FACTS): string {
  return new TextDecoder().decode(answerQuery(query, facts));
}

const answers: [string, Query, string][] = [
  ["DA1, a VT220 with colour", { kind: "da1" }, "\x1b[?62;22c"],
  ["DA2, its version", { kind: "da2" }, "\x1b[>1;277;0c"],
  ["DA3, no serial number", { kind: "da3" }, "\x1bP!|00000000\x1b\\"],
  ["XTVERSION, bide and its version", { kind: "xtversion" }, "\x1bP>|bide(1.2.3)\x1b\\"],
  ["DSR 5, fine", { kind: "dsr5" }, "\x1b[0n"],
  ["CPR, the cursor", { kind: "cpr", row: 3, col: 80 }, "\x1b[3;80R"],
  ["DECXCPR, the cursor and page 1", { kind: "decxcpr", row: 3, col: 80 }, "\x1b[?3;80;1R"],
  ["a private mode that is set, 1", { kind: "decrqm", private: true, mode: 2004, value: 1 }, "\x1b[?2004;1$y"],
  ["an unknown private mode, 0", { kind: "decrqm", private: true, mode: 9999, value: 0 }, "\x1b[?9999;0$y"],
  ["an ANSI mode that is reset, 2", { kind: "decrqm", private: false, mode: 4, value: 2 }, "\x1b[4;2$y"],
  ["DECRQSS of SGR", { kind: "decrqss", setting: "sgr", parameters: "0;1;38:5:9" }, "\x1bP1$r0;1;38:5:9m\x1b\\"],
  ["DECRQSS of DECSTBM", { kind: "decrqss", setting: "decstbm", parameters: "2;20" }, "\x1bP1$r2;20r\x1b\\"],
  ["DECRQSS of DECSCUSR", { kind: "decrqss", setting: "decscusr", parameters: "5" }, "\x1bP1$r5 q\x1b\\"],
  ["DECRQSS of DECSLRM", { kind: "decrqss", setting: "decslrm", parameters: "1;80" }, "\x1bP1$r1;80s\x1b\\"],
  ["DECRQSS of DECSCA", { kind: "decrqss", setting: "decsca", parameters: "0" }, '\x1bP1$r0"q\x1b\\'],
  ["DECRQSS of DECSCL", { kind: "decrqss", setting: "decscl", parameters: "62;1" }, '\x1bP1$r62;1"p\x1b\\'],
  ["DECRQSS of anything else, a bare no", { kind: "decrqss", setting: "unknown", parameters: "" }, "\x1bP0$r\x1b\\"],
  ["kitty flags", { kind: "kitty-flags", flags: 5 }, "\x1b[?5u"],
  ["modifyOtherKeys", { kind: "modify-other-keys", value: 2 }, "\x1b[>4;2m"],
  ["OSC 10, light", { kind: "osc-colour", target: 10, rgb: undefined }, "\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\"],
  ["OSC 11, dark", { kind: "osc-colour", target: 11, rgb: undefined }, "\x1b]11;rgb:1111/1111/1111\x1b\\"],
  ["OSC 12, the cursor", { kind: "osc-colour", target: 12, rgb: undefined }, "\x1b]12;rgb:e5e5/e5e5/e5e5\x1b\\"],
  ["OSC 11 that was set", { kind: "osc-colour", target: 11, rgb: 0xfafbfc }, "\x1b]11;rgb:fafa/fbfb/fcfc\x1b\\"],
  ["OSC 4, red", { kind: "osc-palette", index: 1, rgb: undefined }, "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\"],
  ["OSC 4 in the cube", { kind: "osc-palette", index: 208, rgb: undefined }, "\x1b]4;208;rgb:ffff/8787/0000\x1b\\"],
  ["OSC 4 in the grays", { kind: "osc-palette", index: 255, rgb: undefined }, "\x1b]4;255;rgb:eeee/eeee/eeee\x1b\\"],
  ["OSC 4 that was set", { kind: "osc-palette", index: 0, rgb: 0x010203 }, "\x1b]4;0;rgb:0101/0202/0303\x1b\\"],
  ["text area in pixels", { kind: "window-size", report: 14, rows: 24, cols: 80 }, "\x1b[4;384;640t"],
  ["cell in pixels", { kind: "window-size", report: 16, rows: 24, cols: 80 }, "\x1b[6;16;8t"],
  ["text area in cells", { kind: "window-size", report: 18, rows: 24, cols: 80 }, "\x1b[8;24;80t"],
  ["screen in cells", { kind: "window-size", report: 19, rows: 24, cols: 80 }, "\x1b[9;24;80t"],
  ["theme, dark by default", { kind: "theme", background: undefined }, "\x1b[?997;1n"],
  ["theme, light if the program made it so", { kind: "theme", background: 0xffffff }, "\x1b[?997;2n"],
  ["terminfo, unknown", { kind: "xtgettcap" }, "\x1bP0+r\x1b\\"],
];

describe("answers", () => {
  for (const [title, query, bytes] of answers) test(title, () => expect(answerTo(query)).toBe(bytes));

  test("a light terminal by configuration, said in colours and theme", () => {
    const light = { ...FACTS, foreground: 0x000000, background: 0xffffff };
    expect(answerTo({ kind: "osc-colour", target: 11, rgb: undefined }, light)).toBe(
      "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    );
    expect(answerTo({ kind: "theme", background: undefined }, light)).toBe("\x1b[?997;2n");
  });
});

describe("nothing a program chose", () => {
  test("settings with anything but digits and separators, a bare no", () => {
    for (const parameters of ["0m\r", "\x1b\\rm -rf\r", "a", "0;\n", " "]) {
      expect(answerTo({ kind: "decrqss", setting: "sgr", parameters })).toBe("\x1bP0$r\x1b\\");
    }
  });

  test("numbers that are none, digits all the same", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -5, 1.5, 1e21]) {
      expect(answerTo({ kind: "cpr", row: value, col: value })).toMatch(/^\x1b\[\d+;\d+R$/);
      expect(answerTo({ kind: "kitty-flags", flags: value })).toMatch(/^\x1b\[\?\d+u$/);
      expect(answerTo({ kind: "osc-palette", index: value, rgb: value })).toMatch(
        /^\x1b\]4;\d+;rgb:[0-9a-f/]{14}\x1b\\$/,
      );
    }
  });

  test("a version with controls in it, only its harmless characters", () => {
    expect(answerTo({ kind: "xtversion" }, { ...FACTS, version: "1\x1b\\\r;x" })).toBe("\x1bP>|bide(1x)\x1b\\");
  });

  test("every answer, free of line ends and other keys that act", () => {
    for (const [, query] of answers) expect(answerTo(query)).not.toMatch(/[\x00-\x1a\x1c-\x1f\x7f-\x9f]/);
  });
});
