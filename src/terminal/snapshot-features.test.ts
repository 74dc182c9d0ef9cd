// One short stream per feature that a snapshot has to bring back: cut at its end and at every byte before.

import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { describe, descriptionDifferences, screenDifferences } from "../../test/support/screen-equality.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();
const SIZE = { rows: 6, cols: 16, scrollback: 10 };
/** Shows what cannot be seen at once: prints, wraps, tabs, moves, returns, leaves the alternate screen. */
const PROBE = "x\u0301\x1b[2b\t|\r\n漢y\x1b8z\x1b[2J\x1b[A!\x1b[?1049lend\x1b[u.\x1b[23t\x1b[<u\x1b[?1;25;2004r";

/** Longer ones say the same again and again. */
const LONG = 90;

const FEATURES: Record<string, string> = {
  "plain text": "hello\r\nworld",
  "cursor moved away": "abc\x1b[4;7H",
  "last column printed, wrap pending": "0123456789abcdef",
  "wide character in the last columns, wrap pending": "0123456789abcd漢",
  "wrap pending behind an erased row": "0123456789abcdef\x1b[2K",
  "wide character that did not fit": "0123456789abcde漢",
  "soft-wrapped line": "0123456789abcdefghi",
  "soft-wrapped line whose first row's tail was erased": "0123456789abcdefghi\x1b[1;9H\x1b[K",
  "soft-wrapped line whose second row was erased": "0123456789abcdefghi\x1b[1K",
  "soft-wrapped line whose beginning scrolled away and was erased": `${"0123456789abcdef".repeat(9)}\x1b[3J`,
  "more lines than the scrollback": Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\r\n"),
  "16, 256 and true colours": "\x1b[31;42ma\x1b[91;102mb\x1b[38;5;9;48;5;200mc\x1b[38;2;1;2;3;48;2;4;5;6md",
  "every attribute": "\x1b[1ma\x1b[2mb\x1b[3mc\x1b[5md\x1b[7me\x1b[8mf\x1b[9mg\x1b[53mh\x1b[22;23;25mi",
  "every underline": "\x1b[4ma\x1b[4:2mb\x1b[4:3mc\x1b[4:4md\x1b[4:5me\x1b[21mf\x1b[24mg",
  "underline colours": "\x1b[4;58:5:9ma\x1b[58:2::1:2:3mb\x1b[59mc\x1b[24;58:5:1m",
  "pen left on": "a\x1b[1;3;4:3;31;44m",
  "background erased to the right": "ab\x1b[44m\x1b[K",
  "screen with a background": "\x1b[44m\x1b[2J\x1b[m\x1b[3;3Hx",
  "background scrolled in": "\x1b[45m\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
  "half of a wide character overwritten": "漢\x1b[1;2Hx\x1b[2;1H字\x1b[2;1Hy",
  "styled half of a wide character": "\x1b[7m漢\x1b[1;2Hx\x1b[m",
  "combining marks": "e\u0301a\u0323\u0302x",
  "joined emoji and flags": "👨‍👩‍👧🇩🇪❤\ufe0f",
  "a mark at the start of a row": "\u0301abc",
  links: "\x1b]8;id=a;http://a\x1b\\one\x1b]8;;\x1b\\ \x1b]8;;http://b\x1b\\two",
  "an open link": "\x1b]8;;http://b\x1b\\open",
  "protected cells and pen": '\x1b[1"qkeep\x1b[0"qno\x1b[1"q',
  "region with the cursor in it": "\x1b[2;4r\x1b[3;5H",
  "origin mode": "\x1b[2;4r\x1b[?6h\x1b[2;5Hx",
  "region on the screen that is hidden": "\x1b[2;4r\x1b[?1049hx",
  "region reset on the other screen": "\x1b[2;4r\x1b[?1049hx\x1b[r\x1b[?1049ly",
  "region brought from the other screen": "x\x1b[?1049h\x1b[2;4r\x1b[?1049l\x1b[?47h\x1b[?47ly",
  "side margins": "0123456789abcdef\x1b[?69h\x1b[4;10sx\x1b[3;8Hy",
  "side margins with a full row between them": "\x1b[?69h\x1b[4;10s\x1b[2;5Habcdef",
  "side margins with a wide character at the right one": "\x1b[?69h\x1b[4;10s\x1b[2;8Ha漢",
  "side margins, wrapped and scrolled": `\x1b[?69h\x1b[4;10s\x1b[5;5H${"abcdefg漢".repeat(4)}`,
  "side margins and a region in origin mode": "\x1b[?69h\x1b[4;10s\x1b[2;4r\x1b[?6h\x1b[2;3Hx\x1b[C\x1b[A",
  "side margins, the cursor outside": "\x1b[?69h\x1b[4;10s\x1b[2;12Habcdefgh",
  "side margins of the other screen": "\x1b[?69h\x1b[4;10s\x1b[?1049h\x1b[2;2Hx",
  "side margins that are as wide as the screen": "\x1b[?69h\x1b[2;2H",
  "side margins with everything that edits":
    "0123456789abcdef\r\n漢漢漢漢漢漢漢漢\r\nxyz\x1b[?69h\x1b[4;10s\x1b[2;5H\x1b[2@\x1b[L\x1b[S\x1b[3T\x1b[ @\x1b['}\x1b[P\x1b6\x1b9",
  "a region in origin mode, the cursor moved": "\x1b[2;5r\x1b[?6h\x1b[2;2H\x1b[C\x1b[3G\x1b[A\x1b[a",
  "tab stops": "\x1b[3g\x1b[5G\x1bH\x1b[9G\x1bH\r",
  "no tab stops": "\x1b[3g",
  "tab stops of both screens": "\x1b[3g\x1b[5G\x1bH\r\x1b[?1049h\x1b[9G\x1bH\r\tx\x1b[?1049l\t",
  "line drawing": "\x1b(0qqx",
  "line drawing in G1, shifted": "\x1b)0\x0eqq",
  "G2 and G3": "\x1b*0\x1b+A\x1bnq\x1bo#",
  "saved cursor": "\x1b[3;4H\x1b[1;31m\x1b(0\x1b7\x1b[m\x1b(B\x1b[H",
  "saved cursor with origin, underline colour, no wrap":
    "\x1b[2;5r\x1b[?6h\x1b[?7l\x1b[2;2H\x1b[4;58:5:3m\x1b7\x1b[?6l\x1b[?7h\x1b[r\x1b[m",
  "saved cursor, scrolled since": "\x1b[3;4H\x1b7\x1b[6;1H\r\n\r\n\r\n",
  "saved cursors of both screens": "\x1b[2;2H\x1b7\x1b[?47h\x1b[4;4H\x1b7\x1b[?47l",
  "alternate screen by 1049": "shell\x1b[?1049h\x1b[2;2Hvim",
  "alternate screen by 1047": "shell\x1b[?1047h\x1b[2;2Hvim",
  "alternate screen by 47": "shell\x1b[?47h\x1b[2;2Hvim",
  "alternate screen with a wrap at its top": `\x1b[?1049h${"0123456789abcdef".repeat(7)}`,
  "colours before the alternate screen": "\x1b[44mshell\x1b[?1049h\x1b[mvim",
  "keyboard modes": "\x1b[?1h\x1b=\x1b[20h",
  "insert mode": "abc\x1b[1;2H\x1b[4h",
  "insert mode after a wide character": "abc\x1b[1;1H\x1b[4h漢",
  "no autowrap": "\x1b[?7l0123456789abcdefXY",
  "reverse wrap": "\x1b[?45h",
  "mouse 9": "\x1b[?9h",
  "mouse 1000 with 1006": "\x1b[?1000;1006h",
  "mouse 1002 with 1016": "\x1b[?1002;1016h",
  "mouse 1003 with 1005 and 1015": "\x1b[?1003;1005;1015h",
  "focus, paste, colour scheme": "\x1b[?1004;2004;2031h",
  "hidden cursor": "\x1b[?25l",
  "cursor shapes": "\x1b[5 q",
  "blink by 12, reverse video, alternate scroll": "\x1b[?12;5;1007h",
  "saved modes": "\x1b[?1h\x1b[?1;25;2004s\x1b[?1l\x1b[?2004h",
  "saved alternate screen": "\x1b[?1049h\x1b[?1049s\x1b[?1049l",
  "kitty flags with a stack": "\x1b[=1;1u\x1b[>5u\x1b[>7u",
  "kitty flags of both screens": "\x1b[>5u\x1b[?1049h\x1b[>3u\x1b[>1u",
  "kitty flags of the hidden screen": "\x1b[?1049h\x1b[>3u\x1b[?1049l",
  modifyOtherKeys: "\x1b[>4;2m",
  "title and icon": "\x1b]2;title\x07\x1b]1;icon\x07",
  "title stacks": "\x1b]0;one\x07\x1b[22t\x1b]0;two\x07\x1b[22;2t\x1b]2;three\x07",
  palette: "\x1b]4;1;#123456;7;rgb:1/2/3\x07",
  "special colours": "\x1b]10;#111;#222;#333\x07\x1b]17;#444\x07\x1b]19;red\x07",
  "titles put away that were never set": "\x1b[22t\x1b]2;a\x07\x1b[22;1t\x1b]1;b\x07",
  "a directory elsewhere": "\x1b]7;file:///tmp\x07\x1b]7;file://elsewhere/tmp\x07",
  directory: "\x1b]7;file:///tmp/somewhere\x07",
  "prompt marks": "\x1b]133;A\x07$ \x1b]133;B\x07ls\x1b]133;C\x07\x1b]133;D;2\x07",
  "prompt marks above and in wrapped rows": `\x1b]133;A;k=i\x07${"x".repeat(40)}\x1b]133;B\x07ls\r\n\x1b]133;C\x07${"\r\n".repeat(4)}`,
  "prompt marks with erased rows and on the other screen":
    "\x1b]133;A\x07$\r\n\x1b]133;A\x07$ \x1b[1A\x1b[2K\x1b[1B\x1b]133;C\x07\x1b[1A\x1b[J\x1b]133;D\x07\x1b[?47h\x1b]133;B\x07",
  "soft reset": "\x1b[2;4r\x1b[?6h\x1b[1m\x1b7\x1b[!p",
  "full reset": "\x1b[2;4r\x1b[1mabc\x1b[?1049h\x1bcx",
  "alignment pattern": "\x1b[31m\x1b#8",
  "a line repeated": "ab\x1b[3b",
  "an unfinished character": "ab\xe6\xbc",
};

for (const [name, output] of Object.entries(FEATURES)) {
  test(`${name}, restored at any byte the screen is the same and stays the same`, () => {
    const latin1 = name === "an unfinished character";
    const bytes = latin1 ? Uint8Array.from(output, (character) => character.charCodeAt(0)) : encoder.encode(output);
    // One lives through it all, a byte at a time; of each moment another is restored.
    const lived = new Screen(SIZE);
    const later = new Map<number, Map<string, string>>();
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      if (cut > 0) lived.write(bytes.subarray(cut - 1, cut));
      if (bytes.length > LONG && cut % amount(4, 1) !== 0) continue;
      const restored = new Screen(SIZE);
      restored.write(lived.snapshot({ scrollback: SIZE.scrollback, target: "model" }));
      expect(screenDifferences(lived, restored), `cut at ${cut}`).toEqual([]);
      restored.write(bytes.subarray(cut));
      restored.write(encoder.encode(PROBE));
      later.set(cut, describe(restored));
      restored.dispose();
    }
    lived.write(encoder.encode(PROBE));
    const meant = describe(lived);
    for (const [cut, shown] of later) {
      expect(descriptionDifferences(meant, shown), `cut at ${cut}, later`).toEqual([]);
    }
  });
}
