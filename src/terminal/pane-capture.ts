// A stretch of a session's rows for tmux's `capture-pane`, and the numbers about them that tmux's formats know. Lines
// that left the model are kept as text; here they are laid out again at the screen's width. live-screen.ts calls it.

import { PaneRowWriter } from "./pane-rows.ts";
import { Screen } from "./screen.ts";
import type { Line } from "./xterm-internals.ts";

export interface CaptureOptions {
  /** First and last row, counted from the screen's first; null: the first of the history, the screen's last. */
  readonly start: number | null;
  readonly end: number | null;
  /** Rows of history that count, the newest ones. */
  readonly history_limit: number;
  /** The screen that the alternate one hides, without history. */
  readonly hidden: boolean;
  readonly join: boolean;
  readonly trim: boolean;
  readonly ansi: boolean;
  readonly escaped: boolean;
}

/** Above this the rows of the history are laid out once more and older ones are dropped. */
const MOST_ROWS = 200_000;

/** The rows above the screen; `kept`: lines above the model's as text with SGR, each but an unfinished last one ended. */
export function historyRows(screen: Screen, kept: Uint8Array): Line[] {
  const { normal } = screen.engine._bufferService.buffers;
  const own: Line[] = [];
  for (let index = 0; index < normal.ybase; index += 1) {
    const line = normal.lines.get(index);
    if (line !== undefined) own.push(line);
  }
  return kept.length === 0 ? own : [...laidOut(screen, kept), ...own];
}

function laidOut(screen: Screen, kept: Uint8Array): Line[] {
  const scratch = new Screen({ rows: 1, cols: screen.cols, scrollback: MOST_ROWS });
  scratch.engine.options.convertEol = true;
  scratch.write(kept);
  const { normal } = scratch.engine._bufferService.buffers;
  const ended = kept[kept.length - 1] === 10;
  const rows: Line[] = [];
  for (let index = 0; index < normal.lines.length - (ended ? 1 : 0); index += 1) {
    const line = normal.lines.get(index);
    if (line !== undefined) rows.push(line);
  }
  scratch.dispose();
  return rows;
}

/** How many rows tmux would still have: at its limit it drops a tenth at once. */
export function countedRows(rows: number, limit: number): number {
  if (rows <= limit) return rows;
  const dropped = Math.max(1, Math.floor(limit / 10));
  return limit - dropped + 1 + ((rows - limit - 1) % dropped);
}

/** What is printed, each row ended by a line feed but a joined one; null: there is no hidden screen. */
export function captureRows(screen: Screen, above: readonly Line[], options: CaptureOptions): string | null {
  const { active, alt, normal } = screen.engine._bufferService.buffers;
  if (options.hidden && active !== alt) return null;
  const buffer = options.hidden ? normal : active;
  const kept =
    options.hidden || options.history_limit === 0
      ? []
      : above.slice(-countedRows(above.length, options.history_limit) || above.length);
  const rows: (Line | undefined)[] = [...kept];
  for (let row = 0; row < screen.rows; row += 1) rows.push(buffer.lines.get(buffer.ybase + row));
  const last = rows.length - 1;
  const place = (row: number | null, otherwise: number) =>
    row === null ? otherwise : Math.min(last, Math.max(0, kept.length + row));
  const top = place(options.start, 0);
  const bottom = place(options.end, last);
  const writer = new PaneRowWriter(options);
  let out = "";
  for (let row = Math.min(top, bottom); row <= Math.max(top, bottom); row += 1) {
    out += writer.write(rows[row]);
    if (!options.join || rows[row + 1]?._isWrapped !== true) out += "\n";
  }
  return out;
}
