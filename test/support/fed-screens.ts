// What the tests of feeding share: a screen with the lines that left it, and how two of them are compared.

import { expect } from "bun:test";
import type { TakeLines } from "../../src/terminal/direct-lines.ts";
import { Screen } from "../../src/terminal/screen.ts";
import { screenDifferences } from "./screen-equality.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Fed {
  screen: Screen;
  /** Lines that left, with SGR, soft-wrapped ones joined. */
  left: string;
}

export type Size = { rows: number; cols: number; scrollback: number };

/** `forget`: as KeptLines. */
export function fed(size: Size, feed: (screen: Screen, onLines: TakeLines, forget: () => void) => void): Fed {
  let left = "";
  const screen = new Screen({
    ...size,
    onLineLeft: (line, wrapped) => {
      left += decoder.decode(line) + (wrapped ? "" : "\n");
    },
  });
  const onLines: TakeLines = (lines, count, ending) => {
    const text = decoder.decode(lines);
    if (count !== undefined) expect(text.split("\n").length - 1).toBe(count);
    left += ending === "crlf" ? text.replaceAll("\r\n", "\n") : text;
  };
  feed(screen, onLines, () => {
    left = "";
  });
  return { screen, left };
}

/** Everything that can be told of two screens is equal, and so are lines that left them. */
export function expectSame(got: Fed, meant: Fed, name: string): void {
  expect(screenDifferences(meant.screen, got.screen), name).toEqual([]);
  expect(got.screen.offset, name).toBe(meant.screen.offset);
  const [wanted, lines] = [normal(meant.left).split("\n"), normal(got.left).split("\n")];
  expect(lines.length, name).toBe(wanted.length);
  // Tens of thousands of lines: to expect each of them would take as long as to draw them.
  const other = wanted.findIndex((line, index) => line !== lines[index]);
  if (other >= 0) expect(lines[other], `${name}, line ${other}`).toBe(wanted[other] as string);
}

/** The same text in the same styles, however its SGR was written. */
function normal(lines: string): string {
  const { left } = fed({ rows: 2, cols: 1000, scrollback: 0 }, (screen) => {
    screen.write(encoder.encode(`${lines.replaceAll("\n", "\r\n")}\r\n`));
  });
  return left;
}
