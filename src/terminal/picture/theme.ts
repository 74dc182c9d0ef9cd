// The colours and the cell of every picture of a screen: the one place to change how pictures look. A program's own
// colours (OSC 4, 10, 11, 12) go before these.

export interface Theme {
  /** 0xrrggbb. */
  readonly foreground: number;
  readonly background: number;
  readonly cursor: number;
  /** Palette 0 to 15; the others are the standard cube and grays. */
  readonly basic: readonly number[];
}

export const THEME: Theme = {
  foreground: 0xd8dee9,
  background: 0x1d2129,
  cursor: 0xd8dee9,
  basic: [
    0x3b4252, 0xe06c75, 0x98c379, 0xe5c07b, 0x61afef, 0xc678dd, 0x56b6c2, 0xd8dee9, 0x5c6370, 0xff7a85, 0xb5e890,
    0xffd787, 0x83c5ff, 0xdd9bf0, 0x7fd8e3, 0xffffff,
  ],
};

/**
 * Pixels of an SVG; a PNG has a multiple of them. The advance of DejaVu Sans Mono is 0.602 em, of other monospace fonts
 * 0.6 or so: 15 pixels of font make cells of 9. Its lines are 1.164 em = 17.5 pixels high, so that box drawing of one row
 * reaches that of the next without a gap.
 */
export const CELL = { width: 9, height: 17, fontSize: 15, baseline: 13.5 };
export const MARGIN = 12;

/** What has box drawing and powerline symbols, before whatever the viewer calls monospace. */
export const FONT_FAMILIES =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
