// A picture as PNG: its SVG rasterised by resvg (WebAssembly, so that it runs everywhere and fits into the executable).
// Loaded for `--png` alone: 50 ms to begin, about 60 to draw a common screen, one to three seconds when every cell of 24
// x 80 looks different (measured). Fonts are the shipped ones, then those of the machine.

import { readFileSync } from "node:fs";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { messageOf } from "../../base/errors.ts";
import { fail, ok, type Result } from "../../base/result.ts";
import { cellShape } from "./block-shapes.ts";
import { FONT_FILES, RASTERISER_FILE } from "./embedded-files.ts";
import { fontCoverage } from "./font-coverage.ts";
import type { Box, Picture } from "./picture.ts";
import { svgOf, svgSize } from "./svg.ts";
import { findFonts, fontDirectories, removeCovered } from "./system-fonts.ts";
import { CELL, MARGIN } from "./theme.ts";

export interface Png {
  readonly bytes: Uint8Array;
  /** Characters that no font has: they are drawn as empty boxes. */
  readonly undrawn: readonly string[];
}

/** Pixels of the PNG for one of the SVG: sharp on a dense display, and readable for who scales it down. */
const SCALE = 2;
/** A screen of 1000 x 1000 cells at full scale would be 600 million pixels; this is 64 MiB of memory. */
const MOST_PIXELS = 16_000_000;

/** Rows of so many columns that a PNG shows with its letters at a size that can be read. */
export function mostPngRows(cols: number): number {
  const { width } = svgSize({ rows: 1, cols });
  return Math.max(1, Math.floor((MOST_PIXELS / width - 2 * MARGIN) / CELL.height));
}

/** @returns `unsupported` where the rasteriser or its fonts cannot be loaded. */
export async function pngOf(picture: Picture, env: Readonly<Record<string, string | undefined>>): Promise<Result<Png>> {
  const boxes = picture.lines.flat();
  const loaded = await load();
  if (!loaded.ok) return loaded;
  const missing = unusualCharacters(boxes);
  const fonts = shippedFonts(boxes, missing);
  if (missing.size > 0) fonts.push(...findFonts(fontDirectories(env), missing));
  const { width, height } = svgSize(picture);
  const resvg = new Resvg(svgOf(picture), {
    fitTo: { mode: "zoom", value: Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height))) },
    font: {
      fontBuffers: fonts.map((path) => new Uint8Array(readFileSync(path))),
      defaultFontFamily: "DejaVu Sans Mono",
      monospaceFamily: "DejaVu Sans Mono",
    },
  });
  const image = resvg.render();
  const bytes = image.asPng();
  image.free();
  resvg.free();
  return ok({ bytes, undrawn: [...missing].map((codePoint) => String.fromCodePoint(codePoint)) });
}

let loading: Promise<Result<undefined>> | undefined;

/** Once: the module keeps what it loaded. */
function load(): Promise<Result<undefined>> {
  loading ??= (async () => {
    try {
      await initWasm(readFileSync(RASTERISER_FILE));
      return ok();
    } catch (error) {
      return fail("unsupported", `cannot load the rasteriser: ${messageOf(error)}`, {
        hint: "use --svg, which needs nothing",
        cause: error,
      });
    }
  })();
  return loading;
}

function unusualCharacters(boxes: readonly Box[]): Set<number> {
  const unusual = new Set<number>();
  for (const { glyphs } of boxes) {
    for (const { text } of glyphs) {
      if ((text.length === 1 && text <= "~") || cellShape(text) !== undefined) continue;
      for (const character of text) if (!DRAWS_NOTHING.test(character)) unusual.add(character.codePointAt(0) ?? 0);
    }
  }
  return unusual;
}

/** Joiners and selectors change what stands before them; blanks and format characters show nothing. */
const DRAWS_NOTHING = /[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u;

/** The files that this picture needs; takes what they cover out of `missing`. */
function shippedFonts(boxes: readonly Box[], missing: Set<number>): string[] {
  const fonts = [FONT_FILES.regular];
  if (boxes.some((box) => box.bold && !box.italic)) fonts.push(FONT_FILES.bold);
  if (boxes.some((box) => box.italic && !box.bold)) fonts.push(FONT_FILES.italic);
  if (boxes.some((box) => box.italic && box.bold)) fonts.push(FONT_FILES.boldItalic);
  removeCovered(fontCoverage(FONT_FILES.regular), missing);
  if (missing.size > 0 && removeCovered(fontCoverage(FONT_FILES.symbols), missing)) fonts.push(FONT_FILES.symbols);
  return fonts;
}
