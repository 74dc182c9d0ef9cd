// The screen described: the JSON of `bide screen`, plain text, and the history as text or ANSI. Reads a Screen
// and changes nothing. The session adds session_id and schema_version.

import { LineEncoder } from "./line-encoder.ts";
import { type OwnColours, ownColours } from "./own-colours.ts";
import type { Screen } from "./screen.ts";
import { screenHash } from "./screen-hash.ts";
import { lineGlyphs, lineRuns, lineText, type PlacedGlyph, type ScreenRun } from "./screen-runs.ts";
import { visible } from "./visible.ts";
import type { Line, Lines } from "./xterm-internals.ts";

export interface ScreenLine {
  /**
   * The row with trailing blanks cut (only blank cells, not typed spaces, where the row goes on in the next one),
   * bidi controls made visible.
   */
  readonly text: string;
  /** The row goes on in the next one: join them to get the line that was printed. */
  readonly wrapped: boolean;
  /** Stretches that are not plain, from the left; columns and widths in cells. */
  readonly runs: readonly ScreenRun[];
  /**
   * The characters of `text` that are not one UTF-16 code unit in one cell, from the left; absent without any. Every
   * other code unit is one cell, so text and columns can be told from each other exactly.
   */
  readonly glyphs?: readonly PlacedGlyph[];
}

export interface ScreenState {
  readonly rows: number;
  readonly cols: number;
  /** Bytes of the session that are drawn. */
  readonly offset: number;
  /** 16 hexadecimal digits of what is visible: cells, styles, links, cursor. Equal screens have equal hashes. */
  readonly hash: string;
  readonly alternate: boolean;
  readonly title: string;
  /** Empty when the program never reported one. */
  readonly cwd: string;
  readonly cursor: {
    readonly row: number;
    readonly col: number;
    readonly visible: boolean;
    readonly shape: "block" | "underline" | "bar";
    readonly blink: boolean;
  };
  readonly modes: Readonly<Record<string, boolean | string>>;
  /** Colours that the program gave its terminal (OSC 4, 10, 11, 12); absent when it gave none. */
  readonly colors?: OwnColours;
  readonly lines: readonly ScreenLine[];
}

export function screenState(screen: Screen): ScreenState {
  const { engine, state } = screen;
  const { active, alt } = engine._bufferService.buffers;
  const dec = engine.coreService.decPrivateModes;
  const colors = ownColours(state.colours);
  return {
    rows: screen.rows,
    cols: screen.cols,
    offset: screen.offset,
    hash: screenHash(screen),
    alternate: active === alt,
    title: visible(state.titles.title),
    cwd: visible(state.shell.directory ?? ""),
    cursor: {
      row: active.y,
      col: screen.margins.cursorColumn,
      visible: !engine.coreService.isCursorHidden,
      shape: dec.cursorStyle ?? "block",
      blink: dec.cursorBlink ?? state.modes.private(12) ?? false,
    },
    modes: modesOf(screen),
    ...(colors !== undefined && { colors }),
    lines: rowsFrom(screen, active.ybase),
  };
}

function modesOf({ engine, state }: Screen): Record<string, boolean | string> {
  const dec = engine.coreService.decPrivateModes;
  const mouse = engine.mouseStateService;
  return {
    application_cursor: dec.applicationCursorKeys,
    application_keypad: dec.applicationKeypad,
    bracketed_paste: dec.bracketedPasteMode,
    focus_events: dec.sendFocus,
    insert: engine.coreService.modes.insertMode,
    kitty_keyboard: String(state.keyboard.current.flags),
    line_feed: engine.options.convertEol,
    modify_other_keys: String(state.keyboard.modifyOtherKeys),
    mouse: mouse.activeProtocol.toLowerCase(),
    mouse_encoding: mouse.activeEncoding.toLowerCase(),
    origin: dec.origin,
    reverse_video: state.modes.private(5) === true,
    synchronized_output: dec.synchronizedOutput,
    wraparound: dec.wraparound,
  };
}

/** The scrollback of the model and the screen as rows, for pictures of more than a screen. */
export function allRows(screen: Screen): ScreenLine[] {
  return rowsFrom(screen, 0);
}

function rowsFrom(screen: Screen, first: number): ScreenLine[] {
  const { lines, ybase } = screen.engine._bufferService.buffers.active;
  const end = ybase + screen.rows;
  const rows: ScreenLine[] = [];
  for (let index = first; index < end; index += 1) {
    const line = lines.get(index);
    if (line === undefined) break;
    const wrapped = index + 1 < end && lines.get(index + 1)?._isWrapped === true;
    const { text, glyphs } = lineGlyphs(line, wrapped);
    const runs = lineRuns(line, (number) => screen.state.links.get(number)?.uri);
    rows.push({ text, wrapped, runs, ...(glyphs.length > 0 && { glyphs }) });
  }
  return rows;
}

/** The rows of the screen, one per line, trailing blank rows cut. */
export function screenText(screen: Screen): string {
  const { lines, ybase } = screen.engine._bufferService.buffers.active;
  const rows: string[] = [];
  for (let index = ybase; index < lines.length; index += 1) {
    const line = lines.get(index);
    if (line !== undefined) rows.push(visible(lineText(line, false)));
  }
  return finish(rows);
}

/**
 * The scrollback and the screen as lines that were printed: soft-wrapped rows joined, trailing blank lines cut.
 * `lines`: the last so many only. In the alternate screen it is that screen below the normal one's scrollback.
 */
export function historyText(screen: Screen, options: HistoryOptions = {}): string {
  return history(screen, options, (line, next) => visible(lineText(line, next !== undefined)));
}

/** As historyText with colours and links: every row begins and ends plain, cells as they are. */
export function historyAnsi(screen: Screen, options: HistoryOptions = {}): string {
  const decoder = new TextDecoder();
  const lines = new LineEncoder(screen.state.links);
  return history(screen, options, (line, next) => decoder.decode(lines.encode(line, next)));
}

export interface HistoryOptions {
  readonly lines?: number;
}

function history(
  screen: Screen,
  { lines: wanted = Number.POSITIVE_INFINITY }: HistoryOptions,
  write: (line: Line, next: Line | undefined) => string,
): string {
  const { normal, active } = screen.engine._bufferService.buffers;
  const printed: string[] = [];
  let text = "";
  const add = (lines: Lines, from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const next = index + 1 < to ? lines.get(index + 1) : undefined;
      const wrapped = next?._isWrapped === true;
      text += write(lines.get(index) as Line, wrapped ? next : undefined);
      if (wrapped) continue;
      printed.push(text);
      text = "";
    }
  };
  add(normal.lines, 0, active === normal ? normal.lines.length : normal.ybase);
  if (active !== normal) add(active.lines, active.ybase, active.lines.length);
  while (printed.length > 0 && isBlank(printed[printed.length - 1] as string)) printed.pop();
  return finish(printed.slice(Math.max(0, printed.length - Math.max(0, wanted))));
}

function finish(rows: string[]): string {
  while (rows.length > 0 && isBlank(rows[rows.length - 1] as string)) rows.pop();
  return rows.length === 0 ? "" : `${rows.join("\n")}\n`;
}

function isBlank(row: string): boolean {
  return row.trim() === "";
}
