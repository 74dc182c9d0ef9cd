import { expect, test } from "bun:test";
import { styledRows } from "./styled-rows.ts";

function row(text: string, runs: readonly object[], glyphs?: readonly number[][]): string | undefined {
  const state = {
    rows: 1,
    cols: 80,
    offset: 0,
    hash: "",
    alternate: false,
    title: "",
    cwd: "",
    cursor: { row: 0, col: 0, visible: true },
    modes: {},
    lines: [{ text, wrapped: false, runs, glyphs }],
  };
  return styledRows(state)[0];
}

test("runs of style, SGR around just their cells", () => {
  expect(row("ab cd", [{ col: 3, cells: 2, fg: 1, bold: true }])).toBe("ab \x1b[1;31mcd\x1b[m");
  expect(row("x", [{ col: 0, cells: 1, bg: 200, underline: "curly" }])).toBe("\x1b[4:3;48;5;200mx\x1b[m");
  expect(row("x", [{ col: 0, cells: 1, fg: "#0a0b0c" }])).toBe("\x1b[38;2;10;11;12mx\x1b[m");
  expect(row("x", [{ col: 0, cells: 1, fg: 9 }])).toBe("\x1b[91mx\x1b[m");
});

test("wide characters before a run, columns counted in cells", () => {
  const wide = [
    [0, 2, 1],
    [2, 2, 1],
  ];
  expect(row("漢字x", [{ col: 4, cells: 1, inverse: true }], wide)).toBe("漢字\x1b[7mx\x1b[m");
});

test("a coloured stretch of blanks after the text, written out", () => {
  expect(row("ab", [{ col: 4, cells: 3, bg: 4 }])).toBe("ab  \x1b[44m   \x1b[m");
});

test("a link, opened and closed", () => {
  expect(row("go", [{ col: 0, cells: 2, link: "http://x/" }])).toBe("\x1b]8;;http://x/\x1b\\go\x1b]8;;\x1b\\");
});
