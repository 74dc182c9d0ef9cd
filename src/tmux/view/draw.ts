// What an attached client's terminal shows, as rows of text with SGR: the pane at the top left, the status row at the bottom,
// a popup in a box over it. Only rows that differ from what is there are written, in one synchronized piece.

import { textWidth, truncateToWidth } from "../../terminal/width.ts";
import type { PopupShow } from "../wire/wire.ts";
import type { ShownSession, WantedModes } from "./shown-session.ts";

export interface Picture {
  readonly rows: number;
  readonly cols: number;
  readonly pane: ShownSession | undefined;
  /** Null: no status row. */
  readonly status: string | null;
  readonly popup: { readonly session: ShownSession; readonly place: PopupShow } | undefined;
}

const STATUS_STYLE = "\x1b[0;30;42m";

export class Drawing {
  #drawn: string[] = [];
  #modes = "";

  /** Everything has to be drawn anew. */
  forget(): void {
    this.#drawn = [];
    this.#modes = "";
  }

  /** The bytes that bring the terminal to the picture; empty when nothing differs but the cursor is there already. */
  draw(picture: Picture): string {
    const rows = rowsOf(picture);
    let out = "";
    for (const [index, row] of rows.entries()) {
      if (this.#drawn[index] === row) continue;
      out += `\x1b[${index + 1};1H${row}`;
    }
    this.#drawn = rows;
    const front = picture.popup?.session ?? picture.pane;
    const modes = front === undefined ? "" : modesText(front.modes);
    const changed = modes !== this.#modes;
    this.#modes = modes;
    return `\x1b[?2026h\x1b[?25l${out}${changed ? modes : ""}${cursorText(picture)}\x1b[?2026l`;
  }
}

function rowsOf({ rows, cols, pane, status, popup }: Picture): string[] {
  const all: string[] = [];
  const last = status === null ? rows : rows - 1;
  for (let index = 0; index < last; index += 1) {
    const wide = Math.min(cols, pane?.cols ?? cols);
    const text = pane === undefined || index >= pane.rows ? "" : pane.row(index, wide);
    all.push(`\x1b[m${text}\x1b[m${wide < cols || text === "" ? "\x1b[K" : ""}`);
  }
  if (status !== null) {
    const text = truncateToWidth(status, cols);
    all.push(`${STATUS_STYLE}${text}${" ".repeat(Math.max(0, cols - textWidth(text)))}\x1b[m`);
  }
  if (popup !== undefined) drawPopup(all, popup.session, popup.place);
  return all;
}

/** The box goes over the rows that are there: each of them gets the piece behind it. */
function drawPopup(all: string[], session: ShownSession, place: PopupShow): void {
  const inner = place.border ? 1 : 0;
  const width = place.cols - 2 * inner;
  for (let line = 0; line < place.rows; line += 1) {
    const row = place.y + line;
    if (row >= all.length) return;
    let text: string;
    if (!place.border) text = session.row(line, width);
    else if (line === 0) text = `┌${titled(place.title, width)}┐`;
    else if (line === place.rows - 1) text = `└${"─".repeat(width)}┘`;
    else text = `│${session.row(line - 1, width)}\x1b[m\x1b[${row + 1};${place.x + place.cols}H│`;
    all[row] += `\x1b[${row + 1};${place.x + 1}H\x1b[m${text}\x1b[m`;
  }
}

function titled(title: string, width: number): string {
  const shown = title === "" ? "" : truncateToWidth(title, width);
  return shown + "─".repeat(Math.max(0, width - textWidth(shown)));
}

function cursorText({ rows, status, pane, popup }: Picture): string {
  const front = popup?.session ?? pane;
  if (front === undefined || front.ended) return "";
  const { row, col, visible } = front.cursor;
  const inner = popup?.place.border ? 1 : 0;
  const at = {
    row: row + (popup === undefined ? 0 : popup.place.y + inner),
    col: col + (popup === undefined ? 0 : popup.place.x + inner),
  };
  const inside = at.row < (status === null ? rows : rows - 1);
  return inside ? `\x1b[${at.row + 1};${at.col + 1}H${visible ? "\x1b[?25h" : ""}` : "";
}

function modesText(modes: WantedModes): string {
  const set = (mode: number, on: boolean) => `\x1b[?${mode}${on ? "h" : "l"}`;
  return [
    set(1, modes.applicationCursor),
    modes.applicationKeypad ? "\x1b=" : "\x1b>",
    set(2004, modes.bracketedPaste),
    set(1004, modes.focus),
    ...[9, 1000, 1002, 1003].map((mode) => set(mode, false)),
    ...(modes.mouse === 0 ? [] : [set(modes.mouse, true)]),
    set(1006, modes.mouseSgr),
  ].join("");
}
