import { expect, test } from "bun:test";
import { ModeTracker } from "./mode-tracker.ts";
import { type Placement, undoModes, undoStacks } from "./restore.ts";

const STAY: Placement = { kind: "stay" };
const SIZE = { rows: 24, cols: 80 };

function track(...pieces: string[]): ModeTracker {
  const tracker = new ModeTracker();
  for (const piece of pieces) tracker.push(Buffer.from(piece));
  return tracker;
}

const undo = (stream: string, placement: Placement = STAY) => undoModes(track(stream), SIZE, placement);

/** What a stream switches, and what exactly undoes it. */
const VECTORS: readonly (readonly [what: string, stream: string, undone: string])[] = [
  ["plain text and colours that end", "hello \x1b[1;31mred\x1b[0m \x1b[m\r\n", ""],
  ["an open pen", "\x1b[1;38;5;0m", "\x1b[m"],
  ["bracketed paste", "\x1b[?2004h", "\x1b[?2004l"],
  ["paste on and off", "\x1b[?2004h\x1b[?2004l", ""],
  ["mouse, focus and a hidden cursor", "\x1b[?1002;1006h\x1b[?1004h\x1b[?25l", "\x1b[?1002;1006;1004l\x1b[?25h"],
  ["application keys", "\x1b[?1h\x1b=", "\x1b[?1l\x1b>"],
  ["keypad by mode 66", "\x1b[?66h", "\x1b>"],
  ["autowrap and reverse video", "\x1b[?7l\x1b[?5h", "\x1b[?5l\x1b[?7h"],
  ["the alternate screen", "\x1b[?1049h", "\x1b[?1049l"],
  ["the old alternate screen", "\x1b[?47h", "\x1b[?47l"],
  ["the alternate screen left again", "\x1b[?1049h\x1b[?1049l", ""],
  ["kitty flags pushed twice", "\x1b[>1u\x1b[>31u", "\x1b[<2u"],
  ["kitty flags pushed and popped", "\x1b[>1u\x1b[<u", ""],
  ["kitty flags set", "\x1b[=5u", "\x1b[=0;1u"],
  ["kitty flags set upon a push", "\x1b[>1u\x1b[=5;1u", "\x1b[<1u"],
  ["kitty flags of both screens", "\x1b[>1u\x1b[?1049h\x1b[>3u", "\x1b[<1u\x1b[?1049l\x1b[<1u"],
  [
    "kitty flags left behind on the alternate screen",
    "\x1b[?1049h\x1b[>3u\x1b[?1049l\x1b[>1u",
    "\x1b[<1u\x1b[?1049h\x1b[<1u\x1b[?1049l",
  ],
  ["modifyOtherKeys", "\x1b[>4;2m", "\x1b[>4m"],
  ["modifyOtherKeys off again", "\x1b[>4;2m\x1b[>4;0m", ""],
  ["modifyOtherKeys disabled", "\x1b[>4n", "\x1b[>4m"],
  ["format of other keys", "\x1b[>4;1f", "\x1b[>4f"],
  ["cursor shape", "\x1b[5 q", "\x1b[0 q"],
  ["cursor shape back", "\x1b[5 q\x1b[0 q", ""],
  ["scroll region", "\x1b[2;10r", "\x1b7\x1b[r\x1b8"],
  ["scroll region back", "\x1b[2;10r\x1b[r", ""],
  ["side margins", "\x1b[?69h\x1b[3;9s", "\x1b7\x1b[?69l\x1b[r\x1b8"],
  ["origin mode", "\x1b[?6h", "\x1b[?6l\x1b7\x1b[r\x1b8"],
  ["origin mode of a saved cursor", "\x1b[?6h\x1b7\x1b[?6l\x1b8", "\x1b[?6l\x1b7\x1b[r\x1b8"],
  ["origin mode, a cursor saved without it", "\x1b7\x1b[?6h\x1b8", ""],
  ["origin mode of the other screen's saved cursor", "\x1b[?1049h\x1b[?6h\x1b7\x1b[?6l\x1b[?1049l\x1b8", ""],
  ["insert mode", "\x1b[4h", "\x1b[4l"],
  ["line feed mode", "\x1b[20h", "\x1b[20l"],
  ["local echo", "\x1b[12l", "\x1b[12h"],
  ["line drawing in G0", "\x1b(0", "\x1b(B"],
  ["SO", "\x1b)0\x0e", "\x1b)B\x0f"],
  ["SO and SI", "\x0eqqq\x0f", ""],
  ["protected characters", '\x1b[1"q', '\x1b[0"q'],
  ["palette entries", "\x1b]4;1;#ff0000;7;rgb:0/0/0\x07", "\x1b]104;1;7\x1b\\"],
  ["palette asked for", "\x1b]4;1;?\x07\x1b]10;?\x1b\\\x1b]11;?\x07", ""],
  ["palette reset", "\x1b]4;1;#fff\x07\x1b]104\x07", ""],
  [
    "fore- and background and cursor colour",
    "\x1b]10;#fff;#000\x07\x1b]12;red\x1b\\",
    "\x1b]110\x1b\\\x1b]111\x1b\\\x1b]112\x1b\\",
  ],
  ["background reset", "\x1b]11;#000\x07\x1b]111\x07", ""],
  ["an open link", "\x1b]8;id=1;http://a/\x1b\\text", "\x1b]8;;\x1b\\"],
  ["a closed link", "\x1b]8;;http://a/\x1b\\text\x1b]8;;\x1b\\", ""],
  ["an open OSC", "\x1b]2;half a tit", "\x1b\\"],
  ["an open DCS", "\x1bPq#0;2;0", "\x1b\\"],
  ["an open APC", "\x1b_Gf=24;AAAA", "\x1b\\"],
  ["half a CSI", "\x1b[?200", "\x1b\\"],
  ["synchronized output", "\x1b[?2026h", "\x1b[?2026l"],
  ["a title", "\x1b]2;title\x07", ""],
  ["a title pushed", "\x1b[22;0t\x1b]2;title\x07", "\x1b[23;0t"],
  ["pointer shape and progress", "\x1b]22;text\x07\x1b]9;4;1;50\x07", "\x1b]22;default\x1b\\\x1b]9;4;0\x1b\\"],
  ["a mode nobody knows", "\x1b[?7777h\x1b[?7778l", "\x1b[?7777l\x1b[?7778h"],
  ["a mode saved and brought back", "\x1b[?2004s\x1b[?2004h\x1b[?2004r", ""],
  ["what ncurses ends with", "\x1b[?12l\x1b[?25h", "\x1b[0 q"],
  ["a full reset by the program", "\x1b[?1003h\x1b[>1u\x1b[?1049h\x1b[3;4r\x1bc", ""],
  ["a soft reset by the program", "\x1b[?25l\x1b[3;4r\x1b[4h\x1b[1m\x1b[!p", ""],
  ["C1 controls in UTF-8", "\u009b?2004h\u009d11;#000\u009c", "\x1b[?2004l\x1b]111\x1b\\"],
  ["UTF-8 text that only looks like them", "\u00a0\u00e9\u2014\u{1f600}", ""],
  ["132 columns, whose undoing would clear the screen", "\x1b[?3h", ""],
];

test.each(VECTORS)("%s, exactly that is undone", (_what, stream, undone) => {
  expect(undo(stream)).toBe(undone);
});

test.each(VECTORS)("%s in any chunking, the same is undone", (_what, stream, undone) => {
  const all = Buffer.from(stream);
  for (let cut = 1; cut < all.length; cut += 1) {
    const tracker = new ModeTracker();
    tracker.push(all.subarray(0, cut));
    tracker.push(all.subarray(cut));
    expect(undoModes(tracker, SIZE, STAY)).toBe(undone);
  }
  const dripped = new ModeTracker();
  for (const byte of all) dripped.push(Uint8Array.of(byte));
  expect(undoModes(dripped, SIZE, STAY)).toBe(undone);
});

test("every vector after the other, what undoes it leaves a tracker with nothing to undo", () => {
  for (const [, stream] of VECTORS) {
    const tracker = track(stream);
    tracker.push(Buffer.from(undoModes(tracker, SIZE, STAY)));
    // Title pushes and shapes that were asked for leave no trace; no undoing may need another one.
    expect(undoModes(tracker, SIZE, STAY).replace("\x1b[0 q", "")).toBe("");
  }
});

test("a replay is about to be drawn, only the stacks are undone and the rest is left to it", () => {
  const stream = "\x1b[22;0t\x1b[22;2t\x1b[?2004h\x1b[>1u\x1b[?1049h\x1b[>3u\x1b[>5u\x1b[31m\x1b]2;half a ti";
  expect(undoStacks(track(stream))).toBe("\x1b\\\x1b[<2u\x1b[?1049l\x1b[<1u\x1b[23;2t\x1b[23;0t");
  expect(undoStacks(track("\x1b[?1049h\x1b[31m"))).toBe("\x1b[?1049l");
  expect(undoStacks(track("\x1b[?2004h text"))).toBe("");
});

test("whatever was switched, no full or soft reset is sent", () => {
  const all = undo(VECTORS.map(([, stream]) => `${stream}\x1b\\`).join(""));
  expect(all).not.toContain("\x1bc");
  expect(all).not.toContain("\x1b[!p");
});

test("tab stops changed, every eighth column has one again", () => {
  expect(undoModes(track("\x1b[3g"), { rows: 24, cols: 20 }, STAY)).toBe(
    "\r\x1b[3g\x1b[1G\x1bH\x1b[9G\x1bH\x1b[17G\x1bH\r",
  );
});

test("the cursor after the session, it stands on a line of its own below the last one", () => {
  const below: Placement = { kind: "below-cursor" };
  expect(undo("$ ", below)).toBe("\r\n");
  expect(undo("exit\r\n", below)).toBe("");
  expect(undo("exit\r\n\x1b[?2004l\x1b[m", below)).toBe("");
  expect(undo("exit\r\n\x1b[5;1H", below)).toBe("\r\n");
  expect(undo("menu\x1b[?25l", below)).toBe("\x1b[?25h\x1b[24;1H\r\n");
  expect(undo("\x1b[?1049h\x1b[?25l", below)).toBe("\x1b[?1049l\x1b[?25h\r\n");
  expect(undo("\x1b[1;20r", below)).toBe("\x1b7\x1b[r\x1b8\x1b[24;1H\r\n");
  expect(undo("$ ", { kind: "below-row", row: 7 })).toBe("\x1b[8;1H");
  expect(undo("$ ", { kind: "below-row", row: 24 })).toBe("\x1b[24;1H\r\n");
});
