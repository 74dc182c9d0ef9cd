// The rows of a screen as tmux's `capture-pane` prints them: a range that counts from the screen's first row, joined or
// not, with SGR in tmux's own order or without. pane-capture.ts collects the rows; this file writes one.

import {
  BLINK,
  BOLD,
  CELL_WORDS,
  CODE_POINT,
  COLOUR,
  COLOUR_MODE,
  COMBINED,
  DIM,
  HAS_CONTENT,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PLAIN,
  STRIKETHROUGH,
  type Style,
  styleOf,
  WIDTH_SHIFT,
} from "./cell.ts";
import { blankTail } from "./row-cells.ts";
import { colour } from "./sgr.ts";
import type { Line } from "./xterm-internals.ts";

export interface RowOptions {
  /** Write SGR. The pen goes on from row to row, as tmux's does. */
  readonly ansi: boolean;
  /** Write control characters as octal escapes (`-C`). */
  readonly escaped: boolean;
  /** Cut blanks at the end of each row. */
  readonly trim: boolean;
}

/** Writes rows one after the other. */
export class PaneRowWriter {
  readonly #options: RowOptions;
  #pen: Style = PLAIN;

  constructor(options: RowOptions) {
    this.#options = options;
  }

  write(line: Line | undefined): string {
    if (line === undefined) return "";
    const cells = line._data;
    // What was only erased is not there for tmux, whatever colour it was erased with.
    const end = blankTail(line, line.length);
    let out = "";
    for (let column = 0; column < end; ) {
      const at = column * CELL_WORDS;
      const content = cells[at] ?? 0;
      if (this.#options.ansi)
        out += this.#to(styleOf(cells[at + 1] ?? 0, cells[at + 2] ?? 0, line._extendedAttrs[column]));
      if (content & COMBINED) out += line._combined[column] ?? "";
      else out += (content & HAS_CONTENT) === 0 ? " " : this.#character(content & CODE_POINT);
      column += content >>> WIDTH_SHIFT || 1;
    }
    return this.#options.trim ? out.replace(/ +$/, "") : out;
  }

  #character(codePoint: number): string {
    return this.#options.escaped && codePoint === 0x5c ? "\\\\" : String.fromCodePoint(codePoint);
  }

  /** The sequences between two styles: all attributes in one, then one for each colour that changes. */
  #to(style: Style): string {
    const from = this.#pen;
    if (from === style) return "";
    this.#pen = style;
    const before = attributes(from);
    const after = attributes(style);
    const reset =
      [...before].some((code) => !after.has(code)) || (from.underlineColour !== 0 && style.underlineColour === 0);
    const codes = [...after].filter((code) => reset || !before.has(code));
    const escapeCode = this.#options.escaped ? "\\033" : "\x1b";
    let out = reset || codes.length > 0 ? `${escapeCode}[${[...(reset ? ["0"] : []), ...codes].join(";")}m` : "";
    const change = (old: string, now: string, normal: string) => {
      if (!reset && now === old) return;
      if (now !== "" && (now !== normal || reset || old !== normal)) out += `${escapeCode}[${now}m`;
    };
    change(colour(from.fg & COLOUR, 30), colour(style.fg & COLOUR, 30), "39");
    change(colour(from.bg & COLOUR, 40), colour(style.bg & COLOUR, 40), "49");
    change(underlineColour(from.underlineColour), underlineColour(style.underlineColour), "");
    return out;
  }
}

/** tmux's order and numbers of the attributes; two digits from the underlines on are written `4:3`. */
const ATTRIBUTES: readonly (readonly [code: string, has: (style: Style) => boolean])[] = [
  ["1", ({ fg }) => (fg & BOLD) !== 0],
  ["2", ({ bg }) => (bg & DIM) !== 0],
  ["3", ({ bg }) => (bg & ITALIC) !== 0],
  ["4", ({ underline }) => underline === 1],
  ["5", ({ fg }) => (fg & BLINK) !== 0],
  ["7", ({ fg }) => (fg & INVERSE) !== 0],
  ["8", ({ fg }) => (fg & INVISIBLE) !== 0],
  ["9", ({ fg }) => (fg & STRIKETHROUGH) !== 0],
  ["4:2", ({ underline }) => underline === 2],
  ["4:3", ({ underline }) => underline === 3],
  ["4:4", ({ underline }) => underline === 4],
  ["4:5", ({ underline }) => underline === 5],
  ["5:3", ({ bg }) => (bg & OVERLINE) !== 0],
];

function attributes(style: Style): Set<string> {
  return new Set(ATTRIBUTES.flatMap(([code, has]) => (has(style) ? [code] : [])));
}

function underlineColour(value: number): string {
  if (value === 0) return "";
  const rgb = (value & COLOUR_MODE) === COLOUR_MODE;
  return rgb ? `58;2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}` : `58;5;${value & 255}`;
}
