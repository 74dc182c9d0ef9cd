// Writes a Screen out as bytes that bring a terminal to the same state: the heart of attach. The order is the
// point (architecture, trap 3): what is drawn first, then what would move the cursor (tab stops, saved cursors,
// region, origin), then the modes, the cursor, the pen, and last the bytes that were not complete yet.

import { concat } from "../base/byte-queue.ts";
import { PLAIN } from "./cell.ts";
import type { KittyScreen } from "./kitty-keyboard.ts";
import { enterOuterAlternate, openOuter } from "./outer-terminal.ts";
import { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import { writeAbove } from "./snapshot-above.ts";
import { writeCursorAndPen } from "./snapshot-cursor.ts";
import { writeModes, writeSavedModes } from "./snapshot-modes.ts";
import { writeLatestMark, writeLostMark, writeReports } from "./snapshot-reports.ts";
import { writeRows } from "./snapshot-rows.ts";
import { writeKittyStack, writeRegion, writeSavedCursor, writeTabs } from "./snapshot-settings.ts";
import type { ScreenBuffer } from "./xterm-internals.ts";

export interface SnapshotOptions {
  /** Lines above the screen to write, at most; fewer when there are fewer. */
  readonly scrollback: number;
  /**
   * `model`: for a fresh Screen of the same size, which becomes equal in everything (with all the scrollback).
   * `terminal`: for a person's terminal, whatever state it is in. Drawn on its primary screen; its own screen
   * and scrollback survive above what is drawn. No query, no full reset, no synchronized output.
   */
  readonly target: "model" | "terminal";
  /**
   * `terminal` only: lines above the model's own scrollback, as text with SGR, which are drawn first. Each ends with a
   * line feed, but the last one where the model's first row continues it (soft-wrapped at the model's width).
   */
  readonly above?: Uint8Array;
  /**
   * `terminal` only. `keep` (the default) scrolls what the terminal shows into its scrollback first; `replace`
   * overwrites it, for a client that was behind and shows this session already.
   */
  readonly outer?: "keep" | "replace";
  /**
   * `terminal` only: its size where it differs from the model's. On a larger one the model is drawn at the top left
   * and scrolls in a region of its own height. For a smaller one the model is wrapped anew, as a resize would do,
   * and what does not fit above is scrolled away. Without it the sizes are taken to be the same.
   */
  readonly outerSize?: { readonly rows: number; readonly cols: number };
}

const NOTHING = new Uint8Array(0);
const LINE_FEED = 10;
const encoder = new TextEncoder();

export function writeSnapshot(screen: Screen, options: SnapshotOptions): Uint8Array {
  const { engine, state } = screen;
  const { normal, alt, active } = engine._bufferService.buffers;
  const terminal = options.target === "terminal";
  const out = new RowWriter(
    engine.unicodeService,
    (number) => state.links.get(number),
    terminal ? "portable" : "exact",
  );
  if (terminal) out.raw(openOuter(screen, options), 0);
  if (terminal && active === normal) writeHiddenKitty(out, state.keyboard.alternate);
  const first = Math.max(0, normal.ybase - Math.max(0, options.scrollback));
  writeReports(out, screen, terminal);
  if (terminal) writeLostMark(out, state.shell, first);
  const head = encoder.encode(out.take());
  const above = terminal && options.above !== undefined ? options.above : NOTHING;
  const goesOn = above.length > 0 && above[above.length - 1] !== LINE_FEED;
  const { marks } = state.shell;
  const marksAt = (row: number) => marks.at(row);
  writeRows(out, normal.lines, { first, rows: screen.rows, orphan: !terminal, goesOn, marksAt });
  if (!terminal) writeSavedModes(out, screen, false);
  const taller = terminal && (options.outerSize?.rows ?? 0) > screen.rows;
  settle(out, screen, normal, terminal, taller);
  if (active === alt) {
    enterAlternate(out, screen, terminal);
    if (!terminal) writeLatestMark(out, screen.state.shell);
    writeRows(out, alt.lines, { first: 0, rows: screen.rows, orphan: !terminal, goesOn: false });
    if (!terminal) writeSavedModes(out, screen, true);
    settle(out, screen, alt, terminal, taller);
  } else if (!terminal) {
    out.raw("\x1b[?47h", undefined);
    writeLatestMark(out, screen.state.shell);
    writeSavedModes(out, screen, true);
    writeSavedCursor(out, screen, alt, false);
    writeKittyStack(out, state.keyboard.alternate);
    out.raw("\x1b[?47l", undefined);
  }
  writeModes(out, screen, terminal);
  writeCursorAndPen(out, screen);
  const drawn = encoder.encode(out.take());
  return concat([head, writeAbove(above, screen.cols, engine.unicodeService), drawn, screen.pendingInput]);
}

/** Tab stops, saved cursor and region of the screen that is shown at this point. */
function settle(out: RowWriter, screen: Screen, buffer: ScreenBuffer, terminal: boolean, taller: boolean): void {
  writeTabs(out, screen, buffer, terminal);
  writeSavedCursor(out, screen, buffer, terminal);
  writeRegion(out, screen, buffer, taller);
  const { keyboard } = screen.state;
  writeKittyStack(out, buffer === screen.engine._bufferService.buffers.alt ? keyboard.alternate : keyboard.normal);
}

/** What a program left on the alternate screen's keyboard stack is there again when it comes back to that screen. */
function writeHiddenKitty(out: RowWriter, hidden: KittyScreen): void {
  if (hidden.flags === 0 && hidden.stack.length === 0) return;
  out.raw("\x1b[?1049h\x1b[=0;1u", undefined);
  writeKittyStack(out, hidden);
  out.raw("\x1b[?1049l", 0);
}

/**
 * In a model by 47, which leaves saved cursors alone; a person's terminal may know 1049 only. The row in which the cursor
 * of the hidden screen stays behind decides which of its rows a later resize takes away.
 */
function enterAlternate(out: RowWriter, screen: Screen, terminal: boolean): void {
  const { y } = screen.engine._bufferService.buffers.normal;
  out.style(PLAIN);
  out.raw(terminal ? enterOuterAlternate(screen) : `\x1b[${y + 1}H\x1b[?47h\x1b[H`, 0);
}
