// The colours that a program gave its terminal, for the JSON of `bide screen` and for pictures of it. A colour written
// as a name ("tomato") is left out: which one that is, only a terminal knows.

import type { Colours } from "./colours.ts";

/** `#rrggbb` each; only what was set. */
export interface OwnColours {
  readonly foreground?: string;
  readonly background?: string;
  readonly cursor?: string;
  /** By index, 0 to 255. */
  readonly palette?: Readonly<Record<string, string>>;
}

/** Undefined when the program set none. */
export function ownColours(colours: Colours): OwnColours | undefined {
  if (colours.palette.size === 0 && colours.special.size === 0) return undefined;
  const palette: Record<string, string> = {};
  for (const index of [...colours.palette.keys()].sort((a, b) => a - b)) {
    const rgb = colours.paletteRgb(index);
    if (rgb !== undefined) palette[index] = hex(rgb);
  }
  const special = (target: number) => {
    const rgb = colours.specialRgb(target);
    return rgb === undefined ? undefined : hex(rgb);
  };
  const [foreground, background, cursor] = [special(10), special(11), special(12)];
  const own = {
    ...(foreground !== undefined && { foreground }),
    ...(background !== undefined && { background }),
    ...(cursor !== undefined && { cursor }),
    ...(Object.keys(palette).length > 0 && { palette }),
  };
  return Object.keys(own).length > 0 ? own : undefined;
}

/** 0xrrggbb as `#rrggbb`. */
export function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, "0")}`;
}
