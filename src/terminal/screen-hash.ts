// A stable hash of what a screen shows: `screen --diff HASH`, `wait --stable`. The same in every process and
// after a snapshot, so it is made of text, styles and addresses, never of the engine's own numbers.

import {
  CELL_WORDS,
  CODE_POINT,
  COMBINED,
  cellStyle,
  cellText,
  HAS_CONTENT,
  HAS_EXTENDED,
  UNDERLINE,
  WIDTH_SHIFT,
} from "./cell.ts";
import type { Screen } from "./screen.ts";

/** 64 bits as 16 hexadecimal digits; two FNV-1a of 32 bits with different starts. */
class Hash {
  #a = 0x811c9dc5;
  #b = 0x1b873593;

  add(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul(this.#b ^ (value + 0x9e3779b9), 0x85ebca6b);
    this.#a ^= this.#b >>> 15;
    this.#b ^= this.#a >>> 13;
  }

  text(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.add(text.charCodeAt(at));
    this.add(text.length);
  }

  toString(): string {
    return [this.#a, this.#b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

export function screenHash(screen: Screen): string {
  const { engine } = screen;
  const { active } = engine._bufferService.buffers;
  const hash = new Hash();
  addCells(hash, screen);
  const { cursorStyle, cursorBlink } = engine.coreService.decPrivateModes;
  hash.add(active.y);
  hash.add(screen.margins.cursorColumn);
  hash.add(engine.coreService.isCursorHidden ? 1 : 0);
  hash.text(`${cursorStyle ?? ""}${cursorBlink ?? ""}`);
  return hash.toString();
}

/** The same without the cursor: a screen on which only that moves stands still. */
export function cellsHash(screen: Screen): string {
  const hash = new Hash();
  addCells(hash, screen);
  return hash.toString();
}

function addCells(hash: Hash, screen: Screen): void {
  const { engine, state } = screen;
  const { active } = engine._bufferService.buffers;
  hash.add(screen.rows);
  hash.add(screen.cols);
  for (let row = 0; row < screen.rows; row += 1) {
    const line = active.lines.get(active.ybase + row);
    if (line === undefined) continue;
    const cells = line._data;
    for (let column = 0; column < line.length; column += 1) {
      const at = column * CELL_WORDS;
      const content = cells[at] ?? 0;
      const bg = cells[at + 2] ?? 0;
      if (content & COMBINED) hash.text(cellText(line, column));
      // A blank looks like a space, unless it is the second half of a wide character.
      else hash.add((content & HAS_CONTENT) === 0 && content >>> WIDTH_SHIFT !== 0 ? 0x20 : content & CODE_POINT);
      const fg = cells[at + 1] ?? 0;
      hash.add(fg);
      hash.add(bg & ~HAS_EXTENDED);
      if (((fg & UNDERLINE) | (bg & HAS_EXTENDED)) === 0) continue;
      const style = cellStyle(line, column);
      if (style.underline !== 0) {
        hash.add(style.underline);
        hash.add(style.underlineColour);
      }
      if (style.link !== 0) hash.text(state.links.get(style.link)?.uri ?? "");
    }
  }
}
