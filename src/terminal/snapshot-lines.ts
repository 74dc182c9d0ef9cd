// The screen and its scrollback as lines of text with SGR, for the files that outlive the worker: docs/files.md
// (scrollback.snapshot and the rows in terminal.snapshot.json).

import { concat } from "../base/byte-queue.ts";
import { LineEncoder } from "./line-encoder.ts";
import type { Screen } from "./screen.ts";

/** The model's scrollback, one printed line per line. A row that goes on on the screen is cut there. */
export function scrollbackLines(screen: Screen): Uint8Array {
  const { normal } = screen.engine._bufferService.buffers;
  return rows(screen, normal.lines, 0, normal.ybase);
}

/** The rows that are visible now, soft-wrapped ones joined, blank ones at the end left out. */
export function screenLines(screen: Screen): string {
  const { active } = screen.engine._bufferService.buffers;
  const text = new TextDecoder().decode(rows(screen, active.lines, active.ybase, active.lines.length));
  return text.replace(/\n+$/, text.trim() === "" ? "" : "\n");
}

function rows(
  screen: Screen,
  lines: Screen["engine"]["_bufferService"]["buffers"]["normal"]["lines"],
  from: number,
  to: number,
): Uint8Array {
  const encoder = new LineEncoder(screen.state.links);
  const parts: Uint8Array[] = [];
  for (let index = from; index < to; index += 1) {
    const line = lines.get(index);
    if (line === undefined) continue;
    const next = lines.get(index + 1);
    const wrapped = index + 1 < to && next?._isWrapped === true;
    parts.push(encoder.encode(line, wrapped ? next : undefined).slice());
    if (!wrapped) parts.push(LINE_END);
  }
  return concat(parts);
}

const LINE_END = Uint8Array.of(10);
