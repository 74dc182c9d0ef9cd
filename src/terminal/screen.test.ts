// The model itself: any chunking, hostile output, the lines that leave it, what it tells about queries.

import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { screenDifferences } from "../../test/support/screen-equality.ts";
import type { Query } from "./query.ts";
import { historyText, screenText } from "./read-out.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function inChunks(screen: Screen, bytes: Uint8Array, next: () => number): void {
  for (let at = 0; at < bytes.length; ) {
    const length = next();
    screen.write(bytes.subarray(at, at + length));
    at += length;
  }
}

test("random output with broken bytes in it, every chunking gives the same screen", () => {
  for (let seed = 1; seed <= amount(30, 120); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 2 + random.below(10), cols: 4 + random.below(30), scrollback: 20 };
    const bytes = encoder.encode(random.anything(150, size.rows, size.cols));
    for (let broken = 0; broken < bytes.length / 40; broken += 1) bytes[random.below(bytes.length)] = random.below(256);
    const whole = new Screen(size);
    const pieces = new Screen(size);
    whole.write(bytes);
    inChunks(pieces, bytes, () => 1 + random.below(6));
    expect(screenDifferences(whole, pieces), `seed ${seed}`).toEqual([]);
    expect(pieces.offset).toBe(bytes.length);
  }
});

test("the fast path for ASCII, it draws what the engine's own print draws", () => {
  for (let seed = 1; seed <= amount(20, 60); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 6, cols: 5 + random.below(20), scrollback: 20 };
    const bytes = encoder.encode(random.anything(200, size.rows, size.cols));
    const fast = new Screen(size);
    const slow = new Screen(size);
    const input = slow.engine._inputHandler;
    input._parser.setPrintHandler((data, start, end) => input.print(data, start, end));
    // Without autowrap the two differ on purpose: see printOther.
    for (const each of [fast, slow]) each.engine._inputHandler.resetModePrivate = () => true;
    fast.write(bytes);
    slow.write(bytes);
    expect(screenDifferences(fast, slow), `seed ${seed}`).toEqual([]);
  }
});

/** As xterm, VTE, kitty and tmux have it. */
test("region and tab stops set on one screen, they are the other one's too", () => {
  const lines = "\r\n1\r\n2\r\n3\r\n4\r\n5";
  const shown = (output: string) => {
    const screen = new Screen({ rows: 6, cols: 16 });
    screen.write(encoder.encode(output));
    return screenText(screen).trimEnd().split("\n");
  };
  expect(shown(`\x1b[1;3r\x1b[?1049h\x1b[r\x1b[?1049l${lines}`)).toEqual(["", "1", "2", "3", "4", "5"]);
  expect(shown(`\x1b[?1049h\x1b[1;3r\x1b[?1049l${lines}`)).toEqual(["3", "4", "5"]);
  expect(shown(`\x1b[1;3r\x1b[?1049h${lines}`)).toEqual(["3", "4", "5"]);
  expect(shown("\x1b[3g\x1b[5G\x1bH\x1b[?1049h\r\tx")).toEqual(["    x"]);
  expect(shown("\x1b[?1049h\x1b[3g\x1b[5G\x1bH\x1b[?1049l\r\tx")).toEqual(["    x"]);
});

const HUGE = "2147483647";
const HOSTILE: Record<string, string> = {
  "counts beyond all bounds": [..."LMSTbIZ@PXABCDEFGHdae`^"].map((final) => `x\x1b[${HUGE}${final}`).join(""),
  "an OSC that never ends": `\x1b]0;${"x".repeat(3 << 20)}`,
  "a DCS that never ends": `\x1bP${"x".repeat(3 << 20)}`,
  "4,096 parameters": `\x1b[${"1;".repeat(4096)}m`,
  "300,000 combining marks": `a${"\u0301".repeat(300_000)}`,
  "100,000 joined emoji": "👩\u200d".repeat(100_000),
  "5,000 different long links": Array.from(
    { length: 5000 },
    (_, n) => `\x1b]8;;http://${n}${"x".repeat(1000)}\x1b\\a`,
  ).join(""),
  "long titles pushed 5,000 times": `\x1b]2;${"t".repeat(60_000)}\x07${"\x1b[22t".repeat(5000)}`,
  "kitty flags pushed 50,000 times": `${"\x1b[>5u".repeat(50_000)}\x1b[<${HUGE}u`,
};

for (const [name, output] of Object.entries(HOSTILE)) {
  test(`${name}, the model stays small and can be restored`, () => {
    const size = { rows: 50, cols: 200, scrollback: 1000 };
    const screen = new Screen(size);
    screen.write(encoder.encode(output));
    const bytes = screen.snapshot({ scrollback: 1000, target: "model" });
    expect(bytes.length).toBeLessThan(2 << 20);
    const restored = new Screen(size);
    restored.write(bytes);
    screen.write(encoder.encode("\x1b\\after"));
    restored.write(encoder.encode("\x1b\\after"));
    expect(screenText(restored)).toBe(screenText(screen));
  });
}

test("NUL, 0xff and lone C1 bytes by the million, nothing is drawn", () => {
  for (const byte of [0, 0xff, 0x9b]) {
    const screen = new Screen({ rows: 5, cols: 20 });
    screen.write(new Uint8Array(1_000_000).fill(byte));
    expect(screenText(screen)).toBe("");
  }
});

test("more lines than the scrollback holds, each leaves once, in order, with its wrap", () => {
  const left: string[] = [];
  const screen = new Screen({
    rows: 3,
    cols: 10,
    scrollback: 4,
    onLineLeft: (line, wrapped) => left.push(decoder.decode(line) + (wrapped ? "…" : "")),
  });
  screen.write(encoder.encode("\x1b[31mred\x1b[m\r\nfourteen chars\r\n漢字漢字漢字\r\n\x1b[44m  \x1b[m\r\n"));
  for (let line = 0; line < 8; line += 1) screen.write(encoder.encode(`${line}\r\n`));
  expect(left).toEqual(
    ["\x1b[31mred\x1b[m", "fourteen c…", "hars", "漢字漢字漢…", "字", "\x1b[44m  \x1b[m", "0", "1"].slice(
      0,
      left.length,
    ),
  );
  expect(left.length + historyText(screen).split("\n").length - 1).toBe(14);
});

test("a screen made narrow, the lines that no longer fit leave in their new shape", () => {
  const left: string[] = [];
  const screen = new Screen({
    rows: 3,
    cols: 20,
    scrollback: 3,
    onLineLeft: (line, wrapped) => left.push(decoder.decode(line) + wrapped),
  });
  screen.write(encoder.encode("abcdefghijklmnop\r\n1\r\n2\r\n3\r\n4"));
  screen.resize(5, 3);
  expect(left).toEqual(["abcdetrue", "fghijtrue"]);
});

test("a program that erases its scrollback, the owner hears of it", () => {
  let erased = 0;
  const screen = new Screen({ rows: 3, cols: 20, onScrollbackErased: () => (erased += 1) });
  screen.write(encoder.encode("a\r\nb\x1b[3J\x1b[?1049h\x1b[3J\x1b[?1049l\x1bc"));
  expect(erased).toBe(2);
});

test("every question a program can ask, it is heard once and with numbers only", () => {
  const heard: Query[] = [];
  const screen = new Screen({ rows: 10, cols: 40 });
  screen.onQuery((query) => heard.push(query));
  screen.write(
    encoder.encode("\x1b]2;secret\x07\x1b[3;5r\x1b[?6h\x1b[2;7H\x1b[1;31m\x1b]11;#102030\x07\x1b]4;1;rgb:ff/00/80\x07"),
  );
  screen.write(
    encoder.encode(
      "\x1b[c\x1b[>c\x1b[=c\x1b[>q\x1b[5n\x1b[6n\x1b[?6n\x1b[4$p\x1b[?25$p\x1b[?31337$p\x1b[?u\x1b[?4m\x1b[18t\x1b[21t",
    ),
  );
  screen.write(
    encoder.encode(
      "\x1bP$qm\x1b\\\x1bP$qr\x1b\\\x1bP$qsecret\x1b\\\x1bP+q544e\x1b\\\x1b]10;?\x07\x1b]11;?\x07\x1b]4;1;?;2;?\x07\x1b[?996n",
    ),
  );
  expect(heard).toEqual([
    { kind: "da1" },
    { kind: "da2" },
    { kind: "da3" },
    { kind: "xtversion" },
    { kind: "dsr5" },
    { kind: "cpr", row: 2, col: 7 },
    { kind: "decxcpr", row: 2, col: 7 },
    { kind: "decrqm", private: false, mode: 4, value: 2 },
    { kind: "decrqm", private: true, mode: 25, value: 1 },
    { kind: "decrqm", private: true, mode: 31337, value: 0 },
    { kind: "kitty-flags", flags: 0 },
    { kind: "modify-other-keys", value: 0 },
    { kind: "window-size", report: 18, rows: 10, cols: 40 },
    { kind: "decrqss", setting: "sgr", parameters: "0;1;31" },
    { kind: "decrqss", setting: "decstbm", parameters: "3;5" },
    { kind: "decrqss", setting: "unknown", parameters: "" },
    { kind: "xtgettcap" },
    { kind: "osc-colour", target: 10, rgb: undefined },
    { kind: "osc-colour", target: 11, rgb: 0x102030 },
    { kind: "osc-palette", index: 1, rgb: 0xff0080 },
    { kind: "osc-palette", index: 2, rgb: undefined },
    { kind: "theme", background: 0x102030 },
  ]);
  expect(JSON.stringify(heard)).not.toContain("secret");
});
