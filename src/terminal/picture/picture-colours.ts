// Which colours a cell is really drawn in: the theme, the program's own colours, dim, inverse and the reversed screen
// (DECSCNM) settled. Used by picture.ts.

import type { OwnColours } from "../own-colours.ts";
import { paletteColour } from "../palette.ts";
import type { Colour, ScreenRun } from "../screen-runs.ts";
import type { Theme } from "./theme.ts";

/** 0xrrggbb. */
export interface SeenColours {
  readonly fg: number;
  /** Undefined where the screen's background shows. */
  readonly bg: number | undefined;
  readonly underline: number;
}

/** Dim text is this much of its colour and the rest of its background, as terminals blend it. */
const DIM_SHARE = 0.5;

export class PictureColours {
  readonly foreground: number;
  readonly background: number;
  readonly cursor: number;
  readonly #theme: Theme;
  readonly #own: OwnColours;

  constructor(theme: Theme, own: OwnColours = {}, reversed = false) {
    this.#theme = theme;
    this.#own = own;
    const front = rgb(own.foreground) ?? theme.foreground;
    const back = rgb(own.background) ?? theme.background;
    [this.foreground, this.background] = reversed ? [back, front] : [front, back];
    this.cursor = rgb(own.cursor) ?? (reversed || own.foreground !== undefined ? this.foreground : theme.cursor);
  }

  of(run: Partial<ScreenRun>): SeenColours {
    const front = this.#colour(run.fg) ?? this.foreground;
    const back = this.#colour(run.bg);
    const [plain, bg] = run.inverse ? [back ?? this.background, front] : [front, back];
    const fg = run.dim ? blend(plain, bg ?? this.background) : plain;
    return { fg, bg, underline: this.#colour(run.underline_color) ?? fg };
  }

  #colour(colour: Colour | undefined): number | undefined {
    if (typeof colour === "string") return rgb(colour);
    if (colour === undefined || !Number.isInteger(colour) || colour < 0 || colour > 255) return undefined;
    return rgb(this.#own.palette?.[colour]) ?? paletteColour(colour, this.#theme.basic);
  }
}

function rgb(colour: string | undefined): number | undefined {
  return colour !== undefined && /^#[0-9a-f]{6}$/i.test(colour) ? Number.parseInt(colour.slice(1), 16) : undefined;
}

function blend(front: number, back: number): number {
  const part = (shift: number) => {
    const [f, b] = [(front >> shift) & 255, (back >> shift) & 255];
    return Math.round(b + (f - b) * DIM_SHARE) << shift;
  };
  return part(16) | part(8) | part(0);
}
