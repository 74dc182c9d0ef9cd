// What may be passed over and what not. That the tracker knows the same afterwards is restore.test.ts's to prove, with
// all its sequences.

import { expect, test } from "bun:test";
import { ModeTracker } from "./mode-tracker.ts";
import { PenSkipper } from "./skip-pens.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const passed = (text: string) => new PenSkipper(bytes(text)).skip(0);

test("text and plain SGR, passed over with what the last of each says", () => {
  expect(passed("one \x1b[1;31mtwo\x1b[0m\n")).toEqual({ at: 19, pen: false, atLineStart: true });
  expect(passed("\x1b[38:2::0:0:9mx")).toEqual({ at: 15, pen: true, atLineStart: false });
  expect(passed("é £ 终端 🙂\r\n")).toEqual({ at: 19, pen: undefined, atLineStart: true });
});

test("any other sequence, the place where it begins", () => {
  for (const other of ["\x1b[?25l", "\x1b[>4;1m", "\x1b[2K", "\x1b7", "\x1b]0;t\x07", "\x0e", "\u009b31m", "\x1b[1"]) {
    expect(passed(`a\x1b[1m${other}`)).toEqual({ at: 5, pen: true, atLineStart: false });
  }
});

test("one chunk asked about from place to place, the same as a chunk that begins there", () => {
  const run = "a run of text that is longer than a short one, ";
  const stream = bytes(
    `${run}\x0e${run}\x0f\x1b[1m${run}\x1b7${run}é£\x0e${run}\x1b[2;1H\x1b[m${run}\u009b31m${run}\n`,
  );
  const whole = new PenSkipper(stream);
  for (let from = 0; from < stream.length; from += 1) {
    const { at, ...rest } = new PenSkipper(stream.subarray(from)).skip(0);
    expect(whole.skip(from)).toEqual({ at: from + at, ...rest });
  }
});

test("a stream cut at every byte, the same pen and line start as at once", () => {
  const stream = bytes("a\x1b[1;31mb\n\x1b[0m\x1b7\x1b[4mé\x0e\x1b8c\x1b[38;5;9m\n");
  const whole = new ModeTracker();
  whole.push(stream);
  for (let cut = 1; cut < stream.length; cut += 1) {
    const parts = new ModeTracker();
    parts.push(stream.subarray(0, cut));
    parts.push(stream.subarray(cut));
    expect([parts.style, parts.atLineStart]).toEqual([whole.style, whole.atLineStart]);
  }
});
