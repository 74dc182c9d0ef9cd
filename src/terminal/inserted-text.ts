// The bytes that show lines of text on a screen without the program knowing: above the line that the program is
// writing (a prompt, a progress bar), which is drawn again below them, with the cursor where it was in it. Used by
// `bide print` through LiveScreen. The rule: afterwards pen, character sets and modes are what the program set.

import { PLAIN, PROTECTED, penStyle } from "./cell.ts";
import { contentEnd } from "./row-cells.ts";
import { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import { charsetSequences } from "./snapshot-settings.ts";
import type { Line } from "./xterm-internals.ts";

/**
 * `lines`: sanitized, without line ends. Undefined while there is no place for them: in the middle of a character or
 * of an escape sequence, and on the alternate screen, whose program draws every cell itself and would be spoilt.
 */
export function insertedText(screen: Screen, lines: readonly string[]): string | undefined {
  const { engine } = screen;
  const { active, normal } = engine._bufferService.buffers;
  if (screen.pendingInput.length > 0 || active !== normal) return undefined;
  const out = new RowWriter(engine.unicodeService, (number) => screen.state.links.get(number), "portable");
  const pen = penStyle(engine._inputHandler._curAttrData);
  const settings = settingsOf(screen);
  // The pen of a new writer is plain and the terminal's is not.
  const reset = `\x1b[m${settings.off}`;
  const text = lines.map((line) => `${line}\r\n`).join("");
  const line = lineOf(screen);
  if (line === "several rows") out.raw(`${reset}\r\n${text}`, 0);
  else {
    // Nothing is erased where nothing is drawn again.
    out.raw(`${reset}${line === undefined ? "\r" : "\r\x1b[J"}${text}`, 0);
    if (line !== undefined) out.row(line, { from: 0, to: line.length, continues: false });
    out.goTo(normal.x);
  }
  out.style(PLAIN);
  out.style(pen);
  return out.take() + settings.on;
}

/** The row that the cursor is in, if it is a line of its own with nothing below; undefined when it shows nothing. */
function lineOf(screen: Screen): Line | "several rows" | undefined {
  const { x, y, ybase, lines } = screen.engine._bufferService.buffers.normal;
  const line = lines.get(ybase + y);
  if (line === undefined || x >= screen.cols || line._isWrapped) return "several rows";
  for (let row = y + 1; row < screen.rows; row += 1) {
    const below = lines.get(ybase + row);
    if (below !== undefined && (below._isWrapped || contentEnd(below, below.length) > 0)) return "several rows";
  }
  return x === 0 && contentEnd(line, line.length) === 0 ? undefined : line;
}

/** What would bend the text, switched off, and switched on again afterwards. */
function settingsOf(screen: Screen): { off: string; on: string } {
  const { coreService, _charsetService } = screen.engine;
  const { charsets, glevel } = _charsetService;
  const sets = charsetSequences(charsets, glevel);
  const pen = penStyle(screen.engine._inputHandler._curAttrData);
  const parts: (readonly [set: boolean, off: string, on: string])[] = [
    // The pen itself brings these back.
    [pen.link !== 0, "\x1b]8;;\x1b\\", ""],
    [(pen.bg & PROTECTED) !== 0, '\x1b[0"q', ""],
    [sets !== "", `\x0f${charsets.map((set, index) => (set ? `\x1b${"()*+"[index]}B` : "")).join("")}`, sets],
    [coreService.modes.insertMode, "\x1b[4l", "\x1b[4h"],
    [!coreService.decPrivateModes.wraparound, "\x1b[?7h", "\x1b[?7l"],
  ];
  const bent = parts.filter(([set]) => set);
  return { off: bent.map(([, off]) => off).join(""), on: bent.map(([, , on]) => on).join("") };
}
