// Writes the change from one style to another as escape sequences. Used by the snapshot, the history encoder
// and the answer to DECRQSS.

import {
  BLINK,
  BOLD,
  COLOUR,
  COLOUR_MODE,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PALETTE_16,
  PALETTE_256,
  PLAIN,
  PROTECTED,
  STRIKETHROUGH,
  type Style,
} from "./cell.ts";
import type { Link } from "./links.ts";

const FG_FLAGS: readonly (readonly [number, string])[] = [
  [BOLD, "1"],
  [BLINK, "5"],
  [INVERSE, "7"],
  [INVISIBLE, "8"],
  [STRIKETHROUGH, "9"],
];
const BG_FLAGS: readonly (readonly [number, string])[] = [
  [DIM, "2"],
  [ITALIC, "3"],
  [OVERLINE, "53"],
];
const ALL_FG = BOLD | BLINK | INVERSE | INVISIBLE | STRIKETHROUGH;
const ALL_BG = DIM | ITALIC | OVERLINE;

/** SGR parameters that turn `from` into `to`; empty when they are alike but for link and protection. */
export function sgrParameters(from: Style, to: Style): string[] {
  const parameters: string[] = [];
  let have = from;
  const lost =
    (from.fg & ~to.fg & ALL_FG) !== 0 ||
    (from.bg & ~to.bg & ALL_BG) !== 0 ||
    (from.underline !== 0 && to.underline === 0) ||
    (from.underlineColour !== 0 && to.underlineColour === 0) ||
    (looksPlain(to) && !looksPlain(from));
  if (lost) {
    parameters.push("0");
    have = PLAIN;
  }
  for (const [flag, code] of FG_FLAGS) if (to.fg & ~have.fg & flag) parameters.push(code);
  for (const [flag, code] of BG_FLAGS) if (to.bg & ~have.bg & flag) parameters.push(code);
  if (to.underline !== have.underline) parameters.push(to.underline === 1 ? "4" : `4:${to.underline}`);
  if ((to.fg & COLOUR) !== (have.fg & COLOUR)) parameters.push(colour(to.fg & COLOUR, 30));
  if ((to.bg & COLOUR) !== (have.bg & COLOUR)) parameters.push(colour(to.bg & COLOUR, 40));
  if (to.underlineColour !== have.underlineColour) parameters.push(underlineColour(to.underlineColour));
  return parameters;
}

function looksPlain({ fg, bg, underlineColour }: Style): boolean {
  return fg === 0 && (bg & ~PROTECTED) === 0 && underlineColour === 0;
}

/** A cell's colour as SGR parameters; `base`: 30 for the foreground, 40 for the background. */
export function colour(value: number, base: 30 | 40): string {
  const mode = value & COLOUR_MODE;
  if (mode === PALETTE_16) {
    const index = value & 15;
    return String(index < 8 ? base + index : base + 60 + index - 8);
  }
  if (mode === PALETTE_256) return `${base + 8};5;${value & 255}`;
  return mode === 0 ? String(base + 9) : `${base + 8};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
}

/** With colons, because terminals that do not know 58 take `58;5;n` for blink. */
function underlineColour(value: number): string {
  const rgb = (value & COLOUR_MODE) === COLOUR_MODE;
  return rgb ? `58:2::${(value >> 16) & 255}:${(value >> 8) & 255}:${value & 255}` : `58:5:${value & 255}`;
}

/** A pen that knows its style and writes what changes it. A new one is a terminal's pen after SGR 0. */
export class PenWriter {
  style: Style = PLAIN;
  readonly #link: (number: number) => Link | undefined;

  constructor(link: (number: number) => Link | undefined) {
    this.#link = link;
  }

  /** The sequences from the present style to `style`, empty when there is nothing to change. */
  to(style: Style): string {
    const from = this.style;
    if (from === style) return "";
    this.style = style;
    const parameters = sgrParameters(from, style);
    let out =
      parameters.length === 0
        ? ""
        : parameters[0] === "0" && parameters.length === 1
          ? "\x1b[m"
          : `\x1b[${parameters.join(";")}m`;
    if ((from.bg ^ style.bg) & PROTECTED) out += style.bg & PROTECTED ? '\x1b[1"q' : '\x1b[0"q';
    if (from.link !== style.link) out += this.#linkTo(style.link);
    return out;
  }

  #linkTo(number: number): string {
    const link = number === 0 ? undefined : this.#link(number);
    if (link === undefined) return "\x1b]8;;\x1b\\";
    return `\x1b]8;${link.id === "" ? "" : `id=${link.id}`};${link.uri}\x1b\\`;
  }
}
