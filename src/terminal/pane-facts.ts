// What tmux's formats tell about the inside of a pane: cursor, modes, scroll region, tabs. Read by the worker for
// `pane.facts`; reads a Screen and changes nothing. Names and numbers are tmux's (0 and 1, rows from 0).

import { cellText } from "./cell.ts";
import type { Screen } from "./screen.ts";

export interface ScreenFacts {
  readonly title: string;
  /** What the program reported with OSC 7, as it wrote it. */
  readonly path: string;
  readonly alternate_on: boolean;
  readonly alternate_saved_x: number;
  readonly alternate_saved_y: number;
  readonly cursor_x: number;
  readonly cursor_y: number;
  readonly cursor_flag: boolean;
  readonly cursor_character: string;
  readonly insert_flag: boolean;
  readonly keypad_cursor_flag: boolean;
  readonly keypad_flag: boolean;
  readonly origin_flag: boolean;
  readonly wrap_flag: boolean;
  readonly bracketed_paste: boolean;
  /** `none`, `x10`, `vt200`, `drag` or `any`. */
  readonly mouse: string;
  readonly mouse_sgr: boolean;
  readonly mouse_utf8: boolean;
  readonly scroll_region_upper: number;
  readonly scroll_region_lower: number;
  readonly tabs: string;
  readonly rows: number;
  readonly cols: number;
}

export function screenFacts(screen: Screen): ScreenFacts {
  const { engine, state } = screen;
  const { active, normal, alt } = engine._bufferService.buffers;
  const dec = engine.coreService.decPrivateModes;
  const mouse = engine.mouseStateService;
  const line = active.lines.get(active.ybase + active.y);
  const column = Math.min(active.x, screen.cols - 1);
  return {
    title: state.titles.title,
    path: state.shell.directory ?? "",
    alternate_on: active === alt,
    alternate_saved_x: active === alt ? normal.savedX : 0xffffffff,
    alternate_saved_y: active === alt ? normal.savedY : 0xffffffff,
    cursor_x: active.x,
    cursor_y: active.y,
    cursor_flag: !engine.coreService.isCursorHidden,
    // A cell that was never written to is a blank one.
    cursor_character: (line && cellText(line, column)) || " ",
    insert_flag: engine.coreService.modes.insertMode,
    keypad_cursor_flag: dec.applicationCursorKeys,
    keypad_flag: dec.applicationKeypad,
    origin_flag: dec.origin,
    wrap_flag: dec.wraparound,
    bracketed_paste: dec.bracketedPasteMode,
    mouse: mouse.activeProtocol.toLowerCase(),
    mouse_sgr: mouse.activeEncoding.toLowerCase().startsWith("sgr"),
    mouse_utf8: state.modes.private(1005) === true,
    scroll_region_upper: active.scrollTop,
    scroll_region_lower: active.scrollBottom,
    tabs: Object.keys(active.tabs)
      .filter((tab) => active.tabs[Number(tab)] === true && Number(tab) > 0 && Number(tab) < screen.cols)
      .join(","),
    rows: screen.rows,
    cols: screen.cols,
  };
}
