// What is really seen of a screen: colours settled, cursor drawn, every character in its cells.

import { expect, test } from "bun:test";
import { drawnScreen } from "./drawn-screen.ts";
import { type Box, pictureOf } from "./picture.ts";

const FG = "#d8dee9";
const BG = "#1d2129";

/** The boxes of the first row, without their glyphs. */
function boxes(output: string): Omit<Box, "glyphs">[] {
  return (drawnScreen(output).lines[0] ?? []).map(({ glyphs: _, ...box }) => box);
}

function text(output: string): string {
  return (drawnScreen(output).lines[0] ?? []).flatMap((box) => box.glyphs.map((glyph) => glyph.text)).join("");
}

test("colours of the palette, of the cube, of the grays and true ones, each exactly", () => {
  expect(boxes("\x1b[31ma\x1b[91mb\x1b[38;5;196mc\x1b[38;5;244md\x1b[38;2;1;2;3me").map((box) => box.fg)).toEqual([
    "#e06c75",
    "#ff7a85",
    "#ff0000",
    "#808080",
    "#010203",
  ]);
  expect(boxes("\x1b[48;5;21ma")).toEqual([{ col: 0, cells: 1, fg: FG, bg: "#0000ff" }]);
});

test("bold red, red and bold and not bright", () => {
  expect(boxes("\x1b[1;31ma")).toEqual([{ col: 0, cells: 1, fg: "#e06c75", bold: true }]);
});

test("inverse, the colours swapped, the default ones too", () => {
  expect(boxes("\x1b[7ma")).toEqual([{ col: 0, cells: 1, fg: BG, bg: FG }]);
  expect(boxes("\x1b[7;31ma")).toEqual([{ col: 0, cells: 1, fg: BG, bg: "#e06c75" }]);
  expect(boxes("\x1b[7;31;44ma")).toEqual([{ col: 0, cells: 1, fg: "#61afef", bg: "#e06c75" }]);
});

test("dim, halfway to what is behind it", () => {
  expect(boxes("\x1b[2;38;2;200;100;0;48;2;0;100;100ma")[0]?.fg).toBe("#646432");
});

test("the reversed screen and the program's own colours, drawn as the program wants them", () => {
  const { foreground, background } = drawnScreen("\x1b[?5h");
  expect([foreground, background]).toEqual([BG, FG]);
  const own = drawnScreen("\x1b]4;1;#123456\x07\x1b]10;#111111\x07\x1b]11;#eeeeee\x07\x1b[31ma");
  expect([own.foreground, own.background, own.lines[0]?.[0]?.fg]).toEqual(["#111111", "#eeeeee", "#123456"]);
});

test("invisible text, blanks with their background and no line", () => {
  expect(text("\x1b[8;41msecret")).toBe("      ");
  expect(boxes("\x1b[8;4;9;53;41mse")).toEqual([{ col: 0, cells: 2, fg: FG, bg: "#e06c75" }]);
});

test("underlines, strikethrough and overline, each told, with the underline's own colour", () => {
  expect(boxes("\x1b[4:3;58;2;255;0;0;9;53ma")).toEqual([
    {
      col: 0,
      cells: 1,
      fg: FG,
      underline: { kind: "curly", colour: "#ff0000" },
      strikethrough: true,
      overline: true,
    },
  ]);
});

test("blank cells with a background, a box as wide as they are", () => {
  expect(boxes("a\x1b[1;5H\x1b[42m\x1b[2X")).toEqual([
    { col: 0, cells: 4, fg: FG },
    { col: 4, cells: 2, fg: FG, bg: "#98c379" },
  ]);
});

test("wide and combined characters, two cells and one", () => {
  const glyphs = drawnScreen("漢e\u0301x").lines[0]?.[0]?.glyphs;
  expect(glyphs).toEqual([
    { text: "漢", col: 0, cells: 2 },
    { text: "e\u0301", col: 2, cells: 1 },
    { text: "x", col: 3, cells: 1 },
  ]);
});

test("bidi controls, not drawn and moving nothing; a backslash of the program's own, drawn", () => {
  const [box] = drawnScreen("a\u202eb\\u202e").lines[0] ?? [];
  expect(box?.glyphs.map((glyph) => glyph.text).join("")).toMatch(/^a ?b\\u202e$/);
});

test("a cursor of each shape, on its cell, on a wide one and behind the text", () => {
  const block = { fg: BG, bg: FG };
  expect(boxes("ab\x1b[?25h\x1b[1;2H")).toEqual([
    { col: 0, cells: 1, fg: FG },
    { col: 1, cells: 1, ...block },
  ]);
  expect(boxes("漢x\x1b[?25h\x1b[1;1H")).toEqual([
    { col: 0, cells: 2, ...block },
    { col: 2, cells: 1, fg: FG },
  ]);
  expect(boxes("\x1b[?25h\x1b[1;3H\x1b[6 q")).toEqual([
    { col: 0, cells: 2, fg: FG },
    { col: 2, cells: 1, fg: FG, cursor: { shape: "bar", colour: FG } },
  ]);
  expect(boxes("\x1b[?25h\x1b[4 q\x1b]12;#ff0000\x07")[0]?.cursor).toEqual({ shape: "underline", colour: "#ff0000" });
});

test("text beyond the last column of the picture, left out instead of drawn outside", () => {
  const line = { text: "abcdef", runs: [{ col: 2, cells: 100, fg: 1 }], glyphs: [[3, 2, 1] as const] };
  const picture = pictureOf({ cols: 4, title: "", modes: {}, lines: [line] });
  expect(picture.lines[0]?.map(({ col, cells }) => [col, cells])).toEqual([
    [0, 2],
    [2, 1],
  ]);
});
