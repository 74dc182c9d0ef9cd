// The end of a snapshot: origin mode, the cursor, the pen, the character sets, insert mode. A cursor that waits
// at the right edge, and a character that the next one may still join or repeat, come back by printing that
// character once more. Part of the snapshot.

import { cellStyle, cellText, penStyle, type Style, sameStyle } from "./cell.ts";
import { widthAt } from "./row-cells.ts";
import type { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import { charsetSequences } from "./snapshot-settings.ts";
import type { Line } from "./xterm-internals.ts";

export function writeCursorAndPen(out: RowWriter, screen: Screen): void {
  const { engine, margins } = screen;
  const { x, y, scrollTop, lines, ybase } = engine._inputHandler._activeBuffer;
  const { origin } = engine.coreService.decPrivateModes;
  const pen = penStyle(engine._inputHandler._curAttrData);
  const insert = engine.coreService.modes.insertMode;
  const line = lines.get(ybase + y) as Line;
  // Margins are one pair for both screens, and move the cursor.
  if (margins.enabled) out.raw(`\x1b[?69h\x1b[${margins.left + 1};${margins.right + 1}s`, undefined);
  if (origin) out.raw("\x1b[?6h", undefined);
  const row = y - (origin ? scrollTop : 0) + 1;
  const goTo = (column: number) => out.raw(`\x1b[${row};${column - margins.origin + 1}H`, column);
  const settings = () => {
    out.style(pen);
    const { charsets, glevel } = engine._charsetService;
    const sequences = charsetSequences(charsets, glevel) + (insert ? "\x1b[4h" : "");
    if (sequences !== "") out.raw(sequences, undefined);
  };
  const before = x - (x > 0 && widthAt(line, x - 1) === 0 ? 2 : 1);
  const text = before >= 0 ? cellText(line, before) : "";
  const joins = engine._inputHandler._parser.precedingJoinState !== 0 && text !== "";
  if (joins && sameStyle(cellStyle(line, before), seen(pen))) {
    goTo(before);
    settings();
    goTo(before);
    // Printing inserts as many cells as its first character is wide.
    if (insert) out.raw(`\x1b[${firstWidth(screen, text)}P`, before);
    out.print(text, before, x - before, true);
  } else if (x >= screen.cols || margins.pending) {
    goTo(before);
    out.cell(line, before);
    settings();
    // A sequence in between, for nothing may join what was printed again; this one changes nothing.
    out.raw(engine.coreService.decPrivateModes.wraparound ? "\x1b[?7h" : "\x1b[?7l", undefined);
  } else {
    goTo(x);
    settings();
  }
}

/** The pen as a cell printed with it shows it. */
function seen(pen: Style): Style {
  return pen.underline === 0 ? { ...pen, underlineColour: 0 } : pen;
}

function firstWidth(screen: Screen, text: string): number {
  return (screen.engine.unicodeService.charProperties(text.codePointAt(0) ?? 0x20, 0) >> 1) & 3;
}
