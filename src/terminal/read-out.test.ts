// The screen described as JSON, text and ANSI: the shapes of `bide screen` and `bide history`.

import { expect, test } from "bun:test";
import { historyAnsi, historyText, screenState, screenText } from "./read-out.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();

function screen(output: string, rows = 4, cols = 20): Screen {
  const made = new Screen({ rows, cols });
  made.write(encoder.encode(output));
  return made;
}

test("styled text, runs say only what differs from plain", () => {
  const state = screenState(
    screen("a \x1b[1;31mred\x1b[m \x1b[38;5;200;48;2;1;2;3;4:3;58:5:9mx\x1b[m\x1b]8;;http://l\x1b\\link\x1b]8;;\x1b\\"),
  );
  expect(state.lines[0]).toEqual({
    text: "a red xlink",
    wrapped: false,
    runs: [
      { col: 2, cells: 3, fg: 1, bold: true },
      { col: 6, cells: 1, fg: 200, bg: "#010203", underline: "curly", underline_color: 9 },
      { col: 7, cells: 4, link: "http://l" },
    ],
  });
});

test("cursor, title, directory and modes, they are told as they are", () => {
  const state = screenState(
    screen("\x1b]2;my title\x07\x1b]7;file://localhost/tmp/a%20b\x07\x1b[?1;2004;1002;1006h\x1b[3 q\x1b[?25l\x1b[2;3H"),
  );
  expect(state).toMatchObject({
    rows: 4,
    cols: 20,
    alternate: false,
    title: "my title",
    cwd: "/tmp/a b",
    cursor: { row: 1, col: 2, visible: false, shape: "underline", blink: true },
    modes: { application_cursor: true, bracketed_paste: true, mouse: "drag", mouse_encoding: "sgr" },
  });
});

test("equal screens reached on different ways, they have the same hash, and any visible change another", () => {
  const hash = (output: string) => screenState(screen(output)).hash;
  expect(hash("\x1b[31mab\x1b[m")).toBe(hash("xx\r\x1b[31ma\x1b[32;31mb\x1b[0m"));
  const different = ["ab", "\x1b[31mab", "a b", "ab\x1b[1;1H", "ab\x1b[?25l", "\x1b[4mab", "\x1b]8;;http://x\x1b\\ab"];
  expect(new Set(different.map(hash)).size).toBe(different.length);
  expect(hash("ab")).toMatch(/^[0-9a-f]{16}$/);
});

test("a restored screen, it has the hash of the one it was taken from", () => {
  const one = screen("\x1b[1mx\x1b[m 漢字 🙂\r\n\x1b[44m\x1b[K\x1b[m\x1b[3;3H");
  const other = screen("");
  other.write(one.snapshot({ scrollback: 0, target: "model" }));
  expect(screenState(other).hash).toBe(screenState(one).hash);
});

test("soft-wrapped rows, history joins them and the screen does not", () => {
  const wrapped = screen(`${"word ".repeat(6)}end\r\nnext\r\n\r\n`);
  expect(historyText(wrapped)).toBe(`${"word ".repeat(6)}end\nnext\n`);
  expect(screenText(wrapped)).toContain("\n");
  expect(screenState(wrapped).lines[0]?.wrapped).toBe(false);
});

test("wide characters that wrap, joining puts no blank between them", () => {
  expect(historyText(screen(`a${"漢".repeat(15)}`))).toBe(`a${"漢".repeat(15)}\n`);
  expect(historyAnsi(screen(`a${"漢".repeat(15)}`))).toBe(`a${"漢".repeat(15)}\n`);
});

test("the last lines of the history asked for, no more come", () => {
  const long = screen(Array.from({ length: 30 }, (_, line) => `\x1b[3${line % 8}m${line}\x1b[m`).join("\r\n"));
  expect(historyText(long, { lines: 2 })).toBe("28\n29\n");
  expect(historyAnsi(long, { lines: 1 })).toBe("\x1b[35m29\x1b[m\n");
  expect(historyText(screen(""))).toBe("");
});

test("bidi controls in a cell or a title, they are made visible", () => {
  const state = screenState(screen("a\u202eb\x1b]2;t\u202et\x07"));
  expect(state.lines[0]?.text).toContain("\\u202e");
  expect(state.title).toBe("t\\u202et");
});

test("the alternate screen, its text comes below the lines that scrolled away before", () => {
  const alternate = screen("1\r\n2\r\n3\r\n4\r\n5\r\n\x1b[?1049h\x1b[Hvim");
  expect(screenText(alternate)).toBe("vim\n");
  expect(historyText(alternate)).toBe("1\n2\nvim\n");
});

test("wide, combined and far characters, the cells that each takes; plain rows say nothing", () => {
  const state = screenState(screen("a漢e\u0301🙂b\r\n──\r\n\u202ex\r\n"));
  expect(state.lines[0]).toMatchObject({
    text: "a漢e\u0301🙂b",
    glyphs: [
      [1, 2, 1],
      [3, 1, 2],
      [4, 2, 2],
    ],
  });
  expect(state.lines[1]).toEqual({ text: "──", wrapped: false, runs: [] });
  expect(state.lines[2]?.text).toEndWith("x");
  expect(state.lines[3]?.glyphs).toBeUndefined();
});

test("colours that the program gave its terminal, told as numbers; names and colours taken back are not", () => {
  expect(screenState(screen("x")).colors).toBeUndefined();
  const given = "\x1b]4;1;#f00;200;rgb:12/34/56;3;tomato\x07\x1b]10;#ffffff\x07\x1b]11;#001122\x07\x1b]12;#0f0\x07";
  expect(screenState(screen(given)).colors).toEqual({
    foreground: "#ffffff",
    background: "#001122",
    cursor: "#00ff00",
    palette: { 1: "#ff0000", 200: "#123456" },
  });
  expect(screenState(screen(`${given}\x1b]104\x07\x1b]110\x07\x1b]111\x07\x1b]112\x07`)).colors).toBeUndefined();
});
