import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { amount } from "../../test/support/amounts.ts";
import { screenState } from "../terminal/read-out.ts";
import { Screen } from "../terminal/screen.ts";
import { RowGuard } from "./row-guard.ts";
import { renderStatusRow, type StatusFacts } from "./status-row.ts";

const FACTS: StatusFacts = { name: "demo", state: "running", clients: 2, part: "owner", detachKey: "ctrl-\\" };
const ROWS = 12;
const COLS = 40;
const ROW = " demo  running  2 clients  owner";

function terminal(rows: number, cols: number) {
  const screen = new Screen({ rows, cols, scrollback: 10 });
  return {
    state: () => screenState(screen),
    write: (text: string) => screen.write(Buffer.from(text)),
    [Symbol.dispose]: () => screen.dispose(),
  };
}

/** A terminal with a status row beside one that is a row shorter and has none; both show the same program. */
class Pair {
  readonly outer = new Screen({ rows: ROWS, cols: COLS });
  readonly plain = new Screen({ rows: ROWS - 1, cols: COLS });
  readonly sizes: number[] = [];
  readonly guard: RowGuard = new RowGuard(
    { rows: ROWS, cols: COLS },
    { render: (cols) => renderStatusRow(FACTS, "blue", cols), onRows: () => this.sizes.push(this.guard.sessionRows) },
  );

  constructor() {
    this.outer.write(Buffer.from(this.guard.start()));
  }

  push(bytes: Uint8Array): void {
    this.outer.write(this.guard.push(bytes));
    this.plain.write(bytes);
    this.outer.write(Buffer.from(this.guard.draw()));
  }

  /** What the program shows is the same on both, to the last attribute. */
  same(): void {
    const outer = screenState(this.outer);
    const plain = screenState(this.plain);
    expect<unknown>(outer.lines.slice(0, ROWS - 1)).toEqual(plain.lines);
    expect<unknown>(outer.cursor).toEqual(plain.cursor);
  }

  get row(): string {
    return screenState(this.outer).lines[ROWS - 1]?.text ?? "";
  }

  [Symbol.dispose](): void {
    this.outer.dispose();
    this.plain.dispose();
  }
}

test.each([
  ["lines that scroll", "a line\r\n".repeat(30)],
  ["a region reset", "one\x1b[2;5r\x1b[5;1H\n\n\n\x1b[r\x1b[11;1H\n\n\nend"],
  ["a region to the very bottom", "\x1b[3;12r\x1b[11;1H\n\n\nend\x1b[3;99r\x1b[11;1H\nx"],
  ["the cursor sent below the screen", "\x1b[999;999Hcorner\x1b[99dline\x1b[3;1H\x1b[99ex\x1b[99;1fy"],
  ["the screen cleared", "text\x1b[2J\x1b[Hagain\x1b[5;1Hmore\x1b[3;1H\x1b[J\x1b[3Jx"],
  ["a full reset", "\x1b[1;31mtext\x1b[3;4r\x1bcafter\x1b[99;1H\n\n"],
  ["a soft reset", "\x1b[1;31mtext\x1b[3;4r\x1b[!pafter\x1b[99;1H\n\n"],
  ["every cell filled with E", "\x1b#8\x1b[99;1H\nx"],
  ["origin mode", "\x1b[3;8r\x1b[?6h\x1b[1;1Htop\x1b[99;1Hbottom\x1b[2J\x1b[?6l\x1b[rx"],
  ["a saved cursor brought back", "\x1b[4;7H\x1b7\x1b[2J\x1b[9;1Helsewhere\x1b8here\r\n\x1b8again"],
  ["a cursor brought back that nobody saved", "\x1b[4;7Hx\x1b[2J\x1b[1;32m\x1b8here"],
  ["a line filled to its last column", `${"x".repeat(COLS)}\x1b[Jy`],
  ["colours and characters sets across a redraw", "\x1b[1;42m\x1b(0\x1b[2Jqqq\x1b[Jlqk\x1b[3;1H"],
  ["a synchronized update", "\x1b[?2026h\x1b[2J\x1b[Habc\x1b[?2026ldef"],
  ["a link across a clear", "\x1b]8;;http://a/\x1b\\li\x1b[2Jnk\x1b]8;;\x1b\\x"],
  [
    "wide characters and emoji",
    "\u4f60\u597d \u{1f600}\x1b[2J\u00e9\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\r\n".repeat(9),
  ],
])("%s, in any chunking the program's part is as without a row", (_what, stream) => {
  const all = Buffer.from(stream);
  for (const step of [all.length, 1, 2, 3, 7]) {
    using pair = new Pair();
    for (let at = 0; at < all.length; at += step) pair.push(all.subarray(at, at + step));
    pair.same();
  }
});

test("a random program, the row stays and nothing of it leaks into the program's part", () => {
  const pieces = [
    "text ",
    "\r\n",
    "\n",
    "wide \u4f60\u597d",
    "\x1b[H",
    "\x1b[7;3H",
    "\x1b[99;1H",
    "\x1b[r",
    "\x1b[3;99r",
    "\x1b[J",
    "\x1b[2J",
    "\x1b[K",
    "\x1b[1;31m",
    "\x1b[m",
    "\x1b[5A",
    "\x1b[9B",
    "\x1b[L",
    "\x1b[2M",
    "\x1b[S",
    "\x1b[T",
    "\x1bM",
    "\x1bD",
    "\x1b7",
    "\x1b8",
    "\x1b[?6h",
    "\x1b[?6l",
    "\x1b(0",
    "\x1b(B",
    "\x1b[44m",
    "x".repeat(COLS),
    "\x1b[4h",
    "\x1b[4l",
  ] as const;
  // A fixed generator: a failure can be found again.
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let run = 0; run < amount(40, 150); run += 1) {
    using pair = new Pair();
    let stream = "";
    for (let count = 0; count < 60; count += 1) stream += pieces[random(pieces.length)];
    const all = Buffer.from(stream);
    for (let at = 0; at < all.length; ) {
      const step = 1 + random(40);
      pair.push(all.subarray(at, at + step));
      at += step;
    }
    pair.same();
    expect(pair.row === "" || pair.row.startsWith(ROW)).toBe(true);
  }
});

test("the session starts, the row is on the bottom line and what stood there has scrolled up", () => {
  using outer = terminal(3, 60);
  outer.write("one\r\ntwo\r\n$ ");
  const size = { rows: 3, cols: 60 };
  const guard = new RowGuard(size, { render: (cols) => renderStatusRow(FACTS, "plain", cols), onRows: () => {} });
  expect(guard.draw()).toBe("");
  outer.write(guard.start());
  expect(outer.state().lines.map((line) => line.text)).toEqual(["two", "$", ""]);
  outer.write(guard.draw());
  const rows = outer.state().lines.map((line) => line.text);
  expect(rows.slice(0, 2)).toEqual(["two", "$"]);
  expect(rows[2]).toMatch(/^ demo {2}running {2}2 clients {2}owner +ctrl-\\ detaches$/);
  expect(outer.state().cursor).toMatchObject({ row: 1, col: 2 });
});

test("lines scroll off above the row, they go to the terminal's scrollback", () => {
  using pair = new Pair();
  for (let line = 0; line < 40; line += 1) pair.push(Buffer.from(`line ${line}\r\n`));
  pair.same();
  expect(pair.row).toStartWith(ROW);
  const { lines } = pair.outer.engine._bufferService.buffers.normal;
  expect(lines.length).toBe(pair.plain.engine._bufferService.buffers.normal.lines.length + 1);
});

test("the alternate screen, the row is withdrawn and comes back, and the session is told each time", () => {
  using pair = new Pair();
  pair.push(Buffer.from("shell$ "));
  pair.sizes.length = 0;
  pair.outer.write(pair.guard.push(Buffer.from("\x1b[?1049h\x1b[H\x1b[2J\x1b[12;1Hlast line")));
  expect(pair.row).toBe("last line");
  pair.outer.write(pair.guard.push(Buffer.from("\x1b[?1049l")));
  expect(pair.sizes).toEqual([ROWS, ROWS - 1]);
  expect(pair.row).toStartWith(ROW);
  pair.push(Buffer.from("\r\n".repeat(20)));
  pair.same();
});

test("a program with a saved cursor clears the screen, the row waits until the next prompt", () => {
  using pair = new Pair();
  pair.push(Buffer.from("\x1b7\x1b[2J"));
  expect(pair.row).toBe("");
  pair.push(Buffer.from("\x1b8x\x1b[?2004h$ "));
  expect(pair.row).toStartWith(ROW);
  pair.same();
});

test("text changes in the middle of a sequence or a character, the row is drawn behind it", () => {
  using pair = new Pair();
  for (const [begin, rest] of [
    ["\x1b[3", "1mred"],
    ["\x1b]2;ti", "tle\x07"],
    ["\xe4\xbd", "\xa0"],
  ] as const) {
    pair.outer.write(pair.guard.push(Buffer.from(begin, "latin1")));
    pair.plain.write(Buffer.from(begin, "latin1"));
    pair.guard.changed();
    expect(pair.guard.draw()).toBe("");
    pair.push(Buffer.from(rest, "latin1"));
    expect(pair.guard.stale).toBe(false);
    pair.same();
  }
});

test("the end, the row and the region are gone and the cursor is where it was", () => {
  using pair = new Pair();
  pair.push(Buffer.from("shell$ "));
  pair.outer.write(Buffer.from(pair.guard.stop()));
  expect(pair.row).toBe("");
  pair.same();
  pair.outer.write(Buffer.from("\x1b[12;1Hx\ny"));
  expect(screenState(pair.outer).lines[10]?.text).toBe("x");
});

test("a recorded shell session, the program's part is as without a row", () => {
  const recorded = readFileSync(new URL("../../test/streams/python3.bin", import.meta.url));
  const text = recorded.toString("latin1").replaceAll(/\x1b\[\?1049[hl]/g, "");
  using pair = new Pair();
  for (let at = 0; at < text.length; at += 100) pair.push(Buffer.from(text.slice(at, at + 100), "latin1"));
  pair.same();
  expect(pair.row).toStartWith(ROW);
});

test("a region of the program's own that ends early, the row makes way until it is over", () => {
  using pair = new Pair();
  pair.push(Buffer.from("\x1b[3;1Hshell$ "));
  pair.sizes.length = 0;
  pair.outer.write(pair.guard.push(Buffer.from("\x1b[1;10r\x1b[12;1Hprogress")));
  expect(pair.row).toBe("progress");
  pair.outer.write(pair.guard.push(Buffer.from("\x1b[1;9r\x1b[12;1H\x1b[K\x1b[r")));
  expect(pair.row).toStartWith(ROW);
  expect(pair.sizes.at(0)).toBe(ROWS);
  expect(pair.sizes.at(-1)).toBe(ROWS - 1);
});

test("the window changes while the program has a saved cursor, there is no row until that is over", () => {
  using pair = new Pair();
  pair.push(Buffer.from("\x1b7"));
  expect(pair.guard.resize({ rows: 20, cols: COLS })).toBe("");
  expect(pair.guard.sessionRows).toBe(20);
  pair.guard.push(Buffer.from("\x1b8\r\x1b[?2004h$ "));
  expect(pair.guard.draw()).toContain("\x1b[1;19r");
  expect(pair.guard.sessionRows).toBe(19);
});

test("the screen is cleared, the row has been erased before and is drawn again", () => {
  using pair = new Pair();
  pair.push(Buffer.from("shell$ "));
  const sent = Buffer.from(pair.guard.push(Buffer.from("\x1b[H\x1b[2J"))).toString();
  const [before = "", after = ""] = sent.split("\x1b[2J");
  expect(before).toContain(`\x1b[${ROWS};1H\x1b[m\x1b[2K`);
  expect(after).toContain(ROW);
});

test("a replay saves the cursor of a program that saved none, the row can be drawn; of one that did, it waits", () => {
  using pair = new Pair();
  pair.guard.replaying = true;
  pair.push(Buffer.from("\x1b[H\x1b[Jold\x1b[m\x1b[1;1H\x1b7\x1b[2;5H"));
  expect(pair.row).toStartWith(ROW);
  pair.push(Buffer.from("\x1b[31m\x1b[1;1H\x1b7\x1b[m\x1b[2;5H"));
  pair.guard.replaying = false;
  pair.guard.changed();
  expect(pair.guard.draw()).toBe("");
  pair.push(Buffer.from("\x1b8red\x1b[?2004h"));
  expect(pair.guard.stale).toBe(false);
  pair.same();
});
