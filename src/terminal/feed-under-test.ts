// What the tests of feeding share: a screen with the lines that left it, and those lines made comparable.

import { expect } from "bun:test";
import type { TakeLines } from "./direct-lines.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Fed {
  screen: Screen;
  /** Lines that left, with SGR, soft-wrapped ones joined. */
  left: string;
}

export type Size = { rows: number; cols: number; scrollback: number };

export function fed(size: Size, feed: (screen: Screen, onLines: TakeLines) => void): Fed {
  let left = "";
  const screen = new Screen({
    ...size,
    onLineLeft: (line, wrapped) => {
      left += decoder.decode(line) + (wrapped ? "" : "\n");
    },
  });
  feed(screen, (lines, count, ending) => {
    const text = decoder.decode(lines);
    if (count !== undefined) expect(text.split("\n").length - 1).toBe(count);
    left += ending === "crlf" ? text.replaceAll("\r\n", "\n") : text;
  });
  return { screen, left };
}

/** The same text in the same styles, however its SGR was written. */
export function normal(lines: string): string {
  const { left } = fed({ rows: 2, cols: 1000, scrollback: 0 }, (screen) => {
    screen.write(encoder.encode(`${lines.replaceAll("\n", "\r\n")}\r\n`));
  });
  return left;
}
