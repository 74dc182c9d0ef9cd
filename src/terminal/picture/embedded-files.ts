// The files that a PNG needs: the rasteriser and the fonts. `type: "file"` gives the path of each, inside the compiled
// executable too, where they take 4.4 MB of its 115; nothing is read before somebody asks. Imported by png.ts only.
// TypeScript knows no modules of these kinds.

// @ts-expect-error: see above
import rasteriserPath from "@resvg/resvg-wasm/index_bg.wasm" with { type: "file" };
// @ts-expect-error: see above
import sansPath from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "file" };
// @ts-expect-error: see above
import monoPath from "dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf" with { type: "file" };
// @ts-expect-error: see above
import boldPath from "dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf" with { type: "file" };
// @ts-expect-error: see above
import boldObliquePath from "dejavu-fonts-ttf/ttf/DejaVuSansMono-BoldOblique.ttf" with { type: "file" };
// @ts-expect-error: see above
import obliquePath from "dejavu-fonts-ttf/ttf/DejaVuSansMono-Oblique.ttf" with { type: "file" };

export const RASTERISER_FILE: string = rasteriserPath;

/** DejaVu: its monospace family, and the wider repertoire of the proportional one (symbols, faces) to fall back to. */
export const FONT_FILES: Readonly<Record<"regular" | "bold" | "italic" | "boldItalic" | "symbols", string>> = {
  regular: monoPath,
  bold: boldPath,
  italic: obliquePath,
  boldItalic: boldObliquePath,
  symbols: sansPath,
};
