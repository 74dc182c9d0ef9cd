// tmux's colours: names, `colour123`, `#rrggbb` and the names of X11, as tmux keeps and prints them. Used by the
// modifier `c:` and by options/ to check colours and styles.

import { paletteColour } from "../../terminal/palette.ts";
import { COLOUR_NAMES } from "./colour-names.ts";

export type Colour =
  | { readonly kind: "default" | "terminal" }
  /** 0 to 255; 8 to 15 are the bright ones. `named` ones are printed by their names. */
  | { readonly kind: "palette"; readonly index: number; readonly named: boolean }
  /** 0xrrggbb. */
  | { readonly kind: "rgb"; readonly rgb: number };

const BASIC = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The first 16 as tmux counts them when it needs their red, green and blue. */
const BASIC_RGB = [
  0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xc0c0c0, 0x808080, 0xff0000, 0x00ff00,
  0xffff00, 0x0000ff, 0xff00ff, 0x00ffff, 0xffffff,
];

/** The colour of that name, in any case; undefined when it is none (`bad colour`). */
export function parseColour(text: string): Colour | undefined {
  if (/^#[0-9a-fA-F]{6}$/.test(text)) return { kind: "rgb", rgb: Number.parseInt(text.slice(1), 16) };
  const name = text.toLowerCase();
  const numbered = /^colou?r(\d{1,3})$/.exec(name);
  if (numbered !== null) {
    const index = Number(numbered[1]);
    return index < 256 ? { kind: "palette", index, named: false } : undefined;
  }
  if (name === "default" || name === "terminal") return { kind: name };
  if (/^[0-7]$/.test(name)) return { kind: "palette", index: Number(name), named: true };
  if (/^9[0-7]$/.test(name)) return { kind: "palette", index: Number(name) - 82, named: true };
  const bright = name.startsWith("bright");
  const basic = BASIC.indexOf(bright ? name.slice(6) : name);
  if (basic >= 0) return { kind: "palette", index: basic + (bright ? 8 : 0), named: true };
  const rgb = COLOUR_NAMES.get(name.replaceAll(" ", ""));
  return rgb === undefined ? undefined : { kind: "rgb", rgb };
}

/** How show-options prints a colour: `colour200`, `brightred`, `#ff7f00`. */
export function printColour(colour: Colour): string {
  if (colour.kind === "rgb") return `#${hex(colour.rgb)}`;
  if (colour.kind !== "palette") return colour.kind;
  if (!colour.named) return `colour${colour.index}`;
  return colour.index < 8 ? (BASIC[colour.index] ?? "") : `bright${BASIC[colour.index - 8]}`;
}

/** The modifier `c:`: six hexadecimal digits; undefined for what has no red, green and blue. */
export function colourAsHex(text: string): string | undefined {
  const colour = parseColour(text);
  if (colour?.kind === "rgb") return hex(colour.rgb);
  return colour?.kind === "palette" ? hex(paletteColour(colour.index, BASIC_RGB)) : undefined;
}

function hex(rgb: number): string {
  return rgb.toString(16).padStart(6, "0");
}
