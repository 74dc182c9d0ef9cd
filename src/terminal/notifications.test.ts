// What counts as a notification and as progress, of the sequences that programs send.

import { expect, test } from "bun:test";
import type { Heard } from "./notifications.ts";
import { Screen } from "./screen.ts";

function heard(...pieces: string[]): Heard[] {
  const screen = new Screen({ rows: 5, cols: 20 });
  const all: Heard[] = [];
  screen.state.notifications.onHeard = (one) => all.push(one);
  for (const piece of pieces) screen.write(new TextEncoder().encode(piece));
  screen.dispose();
  return all;
}

const said = (text: string): Heard => ({ kind: "notification", text });

test("OSC 9, 99 and 777 with their texts, also cut into pieces", () => {
  expect(heard("\x1b]9;hello\x07")).toEqual([said("hello")]);
  expect(heard("\x1b]777;notify;Title;Bo", "dy; more\x1b", "\\")).toEqual([said("Title: Body:  more")]);
  expect(heard("\x1b]99;i=1:d=0;Title\x1b\\\x1b]99;i=1:p=body;Body\x1b\\")).toEqual([said("Title"), said("Body")]);
  expect(heard(`\x1b]99;e=1;${btoa("coded")}\x1b\\`)).toEqual([said("coded")]);
});

test("progress, and none of it", () => {
  expect(heard("\x1b]9;4;1;42\x07\x1b]9;4;3\x07\x1b]9;4;2\x07\x1b]9;4;4;50\x07\x1b]9;4;0;\x07")).toEqual([
    { kind: "progress", progress: "running", percent: 42 },
    { kind: "progress", progress: "running", percent: 0 },
    { kind: "progress", progress: "failed", percent: 0 },
    { kind: "progress", progress: "paused", percent: 50 },
    { kind: "progress", progress: "none", percent: 0 },
  ]);
});

test("numbered commands of ConEmu, other verbs of 777, queries of 99 and empty texts, nothing", () => {
  expect(
    heard("\x1b]9;9;/tmp\x07\x1b]9;12\x07\x1b]777;preexec\x07\x1b]99;i=1:p=?;\x1b\\\x1b]9;\x07\x1b]9; \x07"),
  ).toEqual([]);
});
