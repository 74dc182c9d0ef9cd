import { expect, test } from "bun:test";
import type { ScreenState } from "../terminal/read-out.ts";
import { ShownScreens } from "./shown-screens.ts";

function screen(hash: string, rows: readonly string[], cols = 80): ScreenState {
  return {
    rows: rows.length,
    cols,
    offset: 0,
    hash,
    alternate: false,
    title: "",
    cwd: "",
    cursor: { row: 0, col: 0, visible: true, shape: "block", blink: false },
    modes: {},
    lines: rows.map((text) => ({ text, wrapped: false, runs: [] })),
  };
}

test("a screen shown before, the rows that differ from it", () => {
  const shown = new ShownScreens();
  expect(shown.changedRows(screen("1", ["a", "b", "c"]), null)).toBeNull();
  expect(shown.changedRows(screen("2", ["a", "x", "c"]), "1")).toEqual([1]);
  expect(shown.changedRows(screen("3", ["a", "b", "y"]), "1")).toEqual([2]);
  expect(shown.changedRows(screen("4", ["a", "b", "c"]), "1")).toEqual([]);
});

test("a row with the same text in another style, changed", () => {
  const shown = new ShownScreens();
  const plain = screen("1", ["a"]);
  shown.changedRows(plain, null);
  const red = { ...plain, hash: "2", lines: [{ text: "a", wrapped: false, runs: [{ col: 0, cells: 1, fg: 1 }] }] };
  expect(shown.changedRows(red, "1")).toEqual([0]);
});

test("a hash that was never shown, or of a screen of another size, nothing to compare with", () => {
  const shown = new ShownScreens();
  shown.changedRows(screen("1", ["a"]), null);
  expect(shown.changedRows(screen("2", ["a"]), "0")).toBeNull();
  expect(shown.changedRows(screen("3", ["a"], 40), "1")).toBeNull();
  expect(shown.changedRows(screen("4", ["a", "b"]), "1")).toBeNull();
});

test("the ninth screen, the one shown longest ago is forgotten", () => {
  const shown = new ShownScreens();
  for (let at = 1; at <= 8; at += 1) shown.changedRows(screen(String(at), ["a"]), null);
  shown.changedRows(screen("1", ["a"]), null);
  expect(shown.changedRows(screen("9", ["a"]), "1")).toEqual([]);
  expect(shown.changedRows(screen("9", ["a"]), "2")).toBeNull();
});
