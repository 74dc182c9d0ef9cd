// Proves the sanitizer contract (faults.md, "5. Security notes"): what is dropped, how CR, BS and line
// editing resolve, offsets and limits. Properties over random input: `sanitize-properties.test.ts`.

import { describe, expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { MAX_LINE } from "./printed-line.ts";
import { LineSanitizer } from "./sanitize.ts";
import { linesOf, textOf } from "./sanitizer-under-test.ts";

const encoder = new TextEncoder();

describe("dropped whole", () => {
  const st7 = [0x1b, 0x5c];
  const letters = (text: string) => [...encoder.encode(text)];
  const introducers: [string, number[], number][] = [
    ["DCS", [0x1b, 0x50], 0x90],
    ["SOS", [0x1b, 0x58], 0x98],
    ["OSC", [0x1b, 0x5d], 0x9d],
    ["PM", [0x1b, 0x5e], 0x9e],
    ["APC", [0x1b, 0x5f], 0x9f],
  ];
  const ends: [string, number[]][] = [
    ["ST", st7],
    ["8-bit ST", [0x9c]],
    ["BEL", [0x07]],
    ["CAN", [0x18]],
    ["SUB", [0x1a]],
  ];
  for (const [name, seven, eight] of introducers) {
    for (const [endName, end] of ends) {
      test(`${name} ended by ${endName}, nothing of it is printed`, () => {
        for (const begin of [seven, [eight], [0xc2, eight]]) {
          expect(textOf([...letters("a"), ...begin, ...letters("0;pay\nload ✓"), ...end, ...letters("b")])).toBe("ab");
        }
      });
    }
    test(`${name} never ended, dropped to the end of the stream`, () => {
      expect(textOf([...letters("a"), ...seven, ...letters("payload\nmore")])).toBe("a");
    });
  }

  test("a CSI in its 7-bit, 8-bit and UTF-8 form, nothing of it is printed", () => {
    for (const begin of [[0x1b, 0x5b], [0x9b], [0xc2, 0x9b]]) {
      for (const body of ["31m", "?25l", ">4;2m", "4:3m", "!p", " q", "?2026$p", "1;2;3;4H", "<0;1;2M", "=1;1u"]) {
        expect(textOf([0x61, ...begin, ...letters(body), 0x62])).toBe("ab");
      }
    }
  });

  test("two-character and charset escapes, nothing of them is printed", () => {
    for (const body of ["7", "8", "c", "M", "=", ">", "(B", ")0", "#8", "%G", " F", "(%5"]) {
      expect(textOf(`a\x1b${body}b`)).toBe("ab");
    }
  });

  test("C0 controls, DEL and C1 controls, nothing but newline and tab is left", () => {
    const controls = Array.from({ length: 32 }, (_, code) => code).filter((code) => ![8, 9, 10, 13, 27].includes(code));
    expect(textOf([0x61, ...controls, 0x7f, 0x62, 0x09, 0x63])).toBe("ab\tc");
    const plainC1 = Array.from({ length: 32 }, (_, index) => 0x80 + index).filter(
      (code) => ![0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f].includes(code),
    );
    expect(textOf([0x61, ...plainC1, 0x62, ...plainC1.flatMap((code) => [0xc2, code]), 0x63])).toBe("abc");
  });

  test("a sequence cut off by a new escape, the new one counts", () => {
    expect(textOf("a\x1b[31\x1b[0mb")).toBe("ab");
    expect(textOf("a\x1b]0;title\x1b[0mb")).toBe("ab");
    expect(textOf("a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b")).toBe("ab");
  });

  test("CAN in the middle of a CSI, text goes on after it", () => {
    expect(textOf("a\x1b[3\x18b")).toBe("ab");
  });

  test("an escape followed by a character that no sequence has, the character is kept", () => {
    expect(textOf("a\x1bé\x1b[3éb")).toBe("aééb");
  });

  test("a check mark within an OSC, its continuation byte 0x9c does not end the string", () => {
    expect(textOf("a\x1b]0;✓ done\x07b")).toBe("ab");
  });
});

describe("resolved within the line", () => {
  const cases: [string, string, string][] = [
    ["progress over progress, the last is printed", "progress 10%\rprogress 20%", "progress 20%"],
    ["a shorter text over a longer one, the rest stays", "123456\rab", "ab3456"],
    ["erase after a return, the rest is gone", "123456\r\x1b[Kab", "ab"],
    ["erase to the right of the cursor, the left stays", "123456\x1b[3G\x1b[Kx", "12x"],
    ["erase to the left of the cursor, blanks", "123456\x1b[3D\x1b[1Kx", "   x56"],
    ["erase all, the column stays", "123\x1b[2Kx", "   x"],
    ["erase below, the rest of the line is gone", "%      \r \r\x1b[J$ ls", "$ ls"],
    ["clear screen, what was printed is kept", "abc\x1b[H\x1b[2Jdef", "abcdef"],
    ["CRLF, one newline", "a\r\nb\r\n", "a\nb"],
    ["several returns before a newline, one newline", "a\r\r\nb", "a\nb"],
    ["backspace, overwritten", "abc\b\bX", "aXc"],
    ["backspace at the start, ignored", "\b\bab", "ab"],
    ["bold by overstriking as man pages do, one letter", "N\bNA\bA", "NA"],
    ["cursor forward past the end, blanks", "a\x1b[5Cb", "a     b"],
    ["cursor column past the end, blanks", "a\x1b[5Gb", "a   b"],
    ["cursor back, overwritten", "abcd\x1b[2DX", "abXd"],
    ["delete characters, closed up", "abcdef\x1b[3D\x1b[1P", "abcef"],
    ["insert characters, moved apart", "abcdef\x1b[3D\x1b[2@XY", "abcXYdef"],
    ["erase characters, blanked", "abcdef\r\x1b[2X", "  cdef"],
    ["a private erase, ignored", "abc\r\x1b[?Kd", "dbc"],
    ["tab within the line, moves only", "abc\r\tx", "abc     x"],
    ["tab at the end, kept", "a\tb", "a\tb"],
    ["emoji overwritten, no half characters", "😀😀\rab", "ab"],
    [
      "a command line edited in bash (recorded), as it was run",
      "$ echo hello world\b\b\b\b\bmy world\b\b\b\b\b\b\x1b[1Pworld\b\b\b\b\b\b\x1b[1Pworld" +
        "\b\b\b\b\b\b\x1b[1Pworld\b\b\b\b\bbig world\b\b\b\b\b\r\x1b[C\x1b[C\x1b[1@#\b\x1b[1P\r\n",
      "$ echo hello big world",
    ],
    ["an empty line between two, kept", "a\n\nb\n", "a\n\nb"],
    ["a newline within a CSI, carried out", "a\x1b[3\n1mb", "a\nb"],
  ];
  for (const [title, input, output] of cases) {
    test(title, () => expect(textOf(input)).toBe(output));
  }

  test("direction and line marks, shown as escapes", () => {
    expect(textOf("a\u202eb\u2066c\u200fd\u061ce\u2028f")).toBe("a\\u202eb\\u2066c\\u200fd\\u061ce\\u2028f");
  });
});

describe("lines", () => {
  test("offsets, the first byte of each line counted from the given start", () => {
    const sanitizer = new LineSanitizer(1000);
    expect(sanitizer.write(encoder.encode("ä\x1b[0m\r\nb\n"))).toEqual([
      { text: "ä", offset: 1000 },
      { text: "b", offset: 1008 },
    ]);
    expect(sanitizer.write(encoder.encode("c\rd"))).toEqual([]);
    expect(sanitizer.pending).toEqual({ text: "d", offset: 1010 });
    expect(sanitizer.end()).toEqual([{ text: "d", offset: 1010 }]);
    expect(sanitizer.pending).toBeUndefined();
    expect(sanitizer.end()).toEqual([]);
  });

  test("a line longer than the limit, broken with the offset of the break", () => {
    const bytes = encoder.encode(`${"é".repeat(MAX_LINE)}xyz\n`);
    const expected = [
      { text: "é".repeat(MAX_LINE), offset: 0 },
      { text: "xyz", offset: 2 * MAX_LINE },
    ];
    expect(linesOf(bytes)).toEqual(expected);
    expect(linesOf(bytes, 65_537)).toEqual(expected);
  });

  test("a line of exactly the limit, whole", () => {
    expect(linesOf(`${"x".repeat(MAX_LINE)}\n`).map((line) => line.text.length)).toEqual([MAX_LINE]);
  });

  test("editing sequences that repeat on a very long line, work stays in proportion to the input", () => {
    // Each of these would be 10^10 cell moves if it touched the whole line every time.
    for (const edit of ["\x1b[1K", "\x1b[9999999X", "\x1b[9999999@", "\x1b[P", "\rx", "\x1b[999999C\x1b[999999D"]) {
      const lines = linesOf(`${"x".repeat(MAX_LINE - 10)}\x1b[20D${edit.repeat(amount(20_000, 100_000))}`);
      expect(lines.length).toBeLessThanOrEqual(2);
    }
  });

  test("a jump of a million columns, a bounded gap", () => {
    expect(textOf("a\x1b[999999Cb").length).toBeLessThan(300);
    expect(textOf("a\x1b[999999Gb").length).toBeLessThan(300);
  });
});
