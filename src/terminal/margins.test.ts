// Left and right margins as terminals have them (DEC STD 070, xterm): what prints, moves, scrolls and edits between them.

import { expect, test } from "bun:test";
import type { Query } from "./query.ts";
import { screenState, screenText } from "./read-out.ts";
import { Screen } from "./screen.ts";

const SIZE = { rows: 5, cols: 12 };
const ROWS = ["abcdefghijkl", "ABCDEFGHIJKL", "mnopqrstuvwx", "MNOPQRSTUVWX", "0123456789._"] as const;
const [R1, R2, R3, R4, R5] = ROWS;
/** Five full rows, and margins around columns 4 to 8. */
const FULL = `${ROWS.join("\r\n")}\x1b[?69h\x1b[4;8s`;

function shown(output: string): string[] {
  const screen = new Screen(SIZE);
  screen.write(new TextEncoder().encode(output));
  const { row, col } = screenState(screen).cursor;
  return [...screenText(screen).trimEnd().split("\n"), `${row + 1},${col + 1}`];
}

const EDITS: readonly (readonly [what: string, output: string, rows: readonly string[]])[] = [
  [
    "text wraps at the right margin to the left one",
    "\x1b[2;7HXYZ",
    [R1, "ABCDEFXYIJKL", "mnoZqrstuvwx", R4, R5, "3,5"],
  ],
  ["text right of the margins goes to the edge", "\x1b[2;10HXYZ!", [R1, "ABCDEFGHIXYZ", "mno!qrstuvwx", R4, R5, "3,5"]],
  ["a full row waits at the margin", "\x1b[2;7HXY", [R1, "ABCDEFXYIJKL", R3, R4, R5, "2,8"]],
  [
    "the bottom row scrolls between the margins",
    "\x1b[5;4H\n",
    ["abcDEFGHijkl", "ABCpqrstIJKL", "mnoPQRSTuvwx", "MNO34567UVWX", "012     89._", "5,4"],
  ],
  ["a line feed at the bottom left of them does nothing", "\x1b[5;1H\n", [R1, R2, R3, R4, R5, "5,1"]],
  [
    "a reverse index at the top scrolls back",
    "\x1b[1;5H\x1bM",
    ["abc     ijkl", "ABCdefghIJKL", "mnoDEFGHuvwx", "MNOpqrstUVWX", "012PQRST89._", "1,5"],
  ],
  [
    "inserted lines are between them",
    "\x1b[2;6H\x1b[2L",
    [R1, "ABC     IJKL", "mno     uvwx", "MNODEFGHUVWX", "012pqrst89._", "2,4"],
  ],
  [
    "deleted lines are between them",
    "\x1b[2;6H\x1b[M",
    [R1, "ABCpqrstIJKL", "mnoPQRSTuvwx", "MNO34567UVWX", "012     89._", "2,4"],
  ],
  ["inserted characters stop at the right one", "\x1b[2;6H\x1b[2@", [R1, "ABCDE  FIJKL", R3, R4, R5, "2,6"]],
  ["deleted characters come from between", "\x1b[2;6H\x1b[2P", [R1, "ABCDEH  IJKL", R3, R4, R5, "2,6"]],
  ["nothing is inserted outside", "\x1b[2;2H\x1b[2@\x1b[P\x1b[L", [R1, R2, R3, R4, R5, "2,2"]],
  [
    "up and down scroll between",
    "\x1b[2S\x1b[T",
    ["abc     ijkl", "ABCpqrstIJKL", "mnoPQRSTuvwx", "MNO34567UVWX", "012     89._", "1,1"],
  ],
  [
    "columns scroll left",
    "\x1b[2 @",
    ["abcfgh  ijkl", "ABCFGH  IJKL", "mnorst  uvwx", "MNORST  UVWX", "012567  89._", "1,1"],
  ],
  [
    "columns are inserted at the cursor",
    "\x1b[2;6H\x1b['}",
    ["abcde fgijkl", "ABCDE FGIJKL", "mnopq rsuvwx", "MNOPQ RSUVWX", "01234 5689._", "2,6"],
  ],
  [
    "back index at the left one scrolls right",
    "\x1b[2;4H\x1b6",
    ["abc defgijkl", "ABC DEFGIJKL", "mno pqrsuvwx", "MNO PQRSUVWX", "012 345689._", "2,4"],
  ],
  [
    "forward index moves, and scrolls at the right one",
    "\x1b[2;7H\x1b9\x1b9",
    ["abcefgh ijkl", "ABCEFGH IJKL", "mnoqrst uvwx", "MNOQRST UVWX", "0124567 89._", "2,8"],
  ],
  ["insert mode pushes to the right one", "\x1b[2;6H\x1b[4hx\x1b[4l", [R1, "ABCDExFGIJKL", R3, R4, R5, "2,7"]],
  ["a repeated character wraps between", "\x1b[2;7Hx\x1b[3b", [R1, "ABCDEFxxIJKL", "mnoxxrstuvwx", R4, R5, "3,6"]],
  ["without autowrap the last column is overwritten", "\x1b[?7l\x1b[2;7HWXYZ", [R1, "ABCDEFWZIJKL", R3, R4, R5, "2,8"]],
  [
    "a wide character across a margin is cut into blanks",
    "\x1b[2;3H漢\x1b[2;8H漢\x1b[2;5H\x1b[P",
    [R1, "AB漢FGH IJKL", "mno漢rstuvwx", R4, R5, "2,5"],
  ],
  [
    "an alignment pattern takes them away",
    "\x1b#8\x1b[2;11Hxyz",
    ["E".repeat(12), `${"E".repeat(10)}xy`, `z${"E".repeat(11)}`, "E".repeat(12), "E".repeat(12), "3,2"],
  ],
];

test.each(EDITS)("%s", (_what, output, rows) => {
  expect(shown(FULL + output).slice(0, -1)).toEqual(rows.slice(0, -1).map((row) => row.trimEnd()));
  expect(shown(FULL + output).at(-1)).toBe(rows.at(-1) ?? "");
});

const MOVES: readonly (readonly [what: string, output: string, at: string])[] = [
  ["setting margins goes home", "", "1,1"],
  ["forward stops at the right one", "\x1b[2;5H\x1b[9C", "2,8"],
  ["forward from behind it goes to the edge", "\x1b[2;10H\x1b[9C", "2,12"],
  ["backward stops at the left one", "\x1b[2;5H\x1b[9D", "2,4"],
  ["backward from before it goes to the edge", "\x1b[2;3H\x1b[9D", "2,1"],
  ["backspace stops at the left one", "\x1b[2;5H\b\b\b", "2,4"],
  ["a carriage return goes to the left one", "\x1b[2;6H\r", "2,4"],
  ["a carriage return left of it goes to the edge", "\x1b[2;2H\r", "2,1"],
  ["the next line begins at the left one", "\x1b[2;6H\x1bE", "3,4"],
  ["lines down and up begin at the left one", "\x1b[2;6H\x1b[2E\x1b[F", "3,4"],
  ["a tab stops at the right one", "\x1b[2;6H\t", "2,8"],
  ["positions are absolute", "\x1b[2;2H", "2,2"],
  ["positions in origin mode count from the left one, and stop at the right one", "\x1b[2;4r\x1b[?6h\x1b[2;2H", "3,5"],
  ["a column in origin mode leaves the row", "\x1b[2;4r\x1b[?6h\x1b[2;2H\x1b[99G", "3,8"],
  ["moves in origin mode leave the row", "\x1b[2;4r\x1b[?6h\x1b[2;2H\x1b[C\x1b[a", "3,7"],
  ["margins that are none change nothing", "\x1b[3;3H\x1b[6;6s\x1b[9;2s\x1b[9C", "3,8"],
  ["switching them off leaves the cursor", "\x1b[3;5H\x1b[?69l\x1b[9C", "3,12"],
  ["a full row, switched off, the cursor waits no longer", "\x1b[3;7HXY\x1b[?69lZ", "3,9"],
];

test.each(MOVES)("%s", (_what, output, at) => {
  expect(shown(FULL + output).at(-1)).toBe(at);
});

test("asked about, the margins and where the cursor is between them", () => {
  const screen = new Screen(SIZE);
  const asked: Query[] = [];
  screen.onQuery((query) => asked.push(query));
  screen.write(new TextEncoder().encode(`${FULL}\x1b[?69$p\x1bP$qs\x1b\\\x1b[?6h\x1b[2;2H\x1b[6n\x1b[?69l\x1b[?69$p`));
  expect(asked).toEqual([
    { kind: "decrqm", private: true, mode: 69, value: 1 },
    { kind: "decrqss", setting: "decslrm", parameters: "4;8" },
    { kind: "cpr", row: 2, col: 2 },
    { kind: "decrqm", private: true, mode: 69, value: 2 },
  ]);
});

test("a resize, the margins are as wide as the screen", () => {
  const screen = new Screen(SIZE);
  screen.write(new TextEncoder().encode(FULL));
  screen.resize(20, 5);
  expect([screen.margins.left, screen.margins.right, screen.margins.active]).toEqual([0, 19, false]);
});
