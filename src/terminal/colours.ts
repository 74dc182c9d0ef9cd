// Colours that a program gave its terminal: the palette (OSC 4, 104) and the special ones (OSC 10 to 19, 110
// to 119). The engine forgets them, a person's terminal does not, so an attach has to set them again. Part of
// TrackedState.

import { onOsc } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

/** A colour as programs write it: `#rgb`, `rgb:rr/gg/bb`, a name. Nothing that could end the sequence. */
const SPEC = /^[A-Za-z0-9#:/. -]{1,64}$/;

interface Heard {
  /** A program asked for palette entry `index`. */
  palette(index: number): void;
  special(target: number): void;
}

export class Colours {
  /** Index 0 to 255 to the colour as the program wrote it. */
  palette = new Map<number, string>();
  /** 10 to 19 to the colour as the program wrote it. */
  special = new Map<number, string>();
  /** Whether anything was ever set, so that resetting it again is ours to do. */
  everSet = false;

  constructor(engine: Engine, heard: Heard) {
    const parser = engine._inputHandler._parser;
    const limit = 1 << 16;
    onOsc(parser, 4, limit, (payload) => {
      const slots = payload.split(";");
      for (let at = 0; at + 1 < slots.length; at += 2) {
        const index = indexOf(slots[at]);
        const spec = slots[at + 1] as string;
        if (index === undefined) continue;
        if (spec === "?") heard.palette(index);
        else this.#set(this.palette, index, spec);
      }
    });
    onOsc(parser, 104, limit, (payload) => {
      if (payload === "") this.palette.clear();
      for (const slot of payload.split(";")) {
        const index = indexOf(slot);
        if (index !== undefined) this.palette.delete(index);
      }
    });
    for (let target = 10; target <= 19; target += 1) {
      onOsc(parser, target, limit, (payload) => {
        // Further colours in one sequence go to the numbers that follow, as in xterm.
        const slots = payload.split(";");
        for (let at = 0; at < slots.length && target + at <= 19; at += 1) {
          if (slots[at] === "?") heard.special(target + at);
          else this.#set(this.special, target + at, slots[at] as string);
        }
      });
      onOsc(parser, target + 100, limit, () => {
        this.special.delete(target);
      });
    }
  }

  /** 0xrrggbb of a special colour that the program set in a form that is understood here. */
  specialRgb(target: number): number | undefined {
    return parseColour(this.special.get(target));
  }

  paletteRgb(index: number): number | undefined {
    return parseColour(this.palette.get(index));
  }

  reset(): void {
    this.palette.clear();
    this.special.clear();
  }

  #set(into: Map<number, string>, key: number, spec: string): void {
    if (!SPEC.test(spec)) return;
    into.set(key, spec);
    this.everSet = true;
  }
}

function indexOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,3}$/.test(text)) return undefined;
  const index = Number(text);
  return index < 256 ? index : undefined;
}

/** X11's numeric forms; names are left to the terminal. */
export function parseColour(spec: string | undefined): number | undefined {
  const hash = spec === undefined ? null : /^#([0-9a-f]+)$/i.exec(spec);
  const rgb = spec === undefined ? null : /^rgb:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})$/i.exec(spec);
  let parts: string[];
  if (rgb) parts = [rgb[1] as string, rgb[2] as string, rgb[3] as string];
  else if (hash && [3, 6, 9, 12].includes((hash[1] as string).length)) {
    const digits = hash[1] as string;
    const each = digits.length / 3;
    parts = [digits.slice(0, each), digits.slice(each, 2 * each), digits.slice(2 * each)];
  } else return undefined;
  return parts.reduce((sum, part) => sum * 256 + Math.round((parseInt(part, 16) / (16 ** part.length - 1)) * 255), 0);
}
