// The size of a terminal as the kernel keeps it. Used by spawn, resize and their tests. Whatever a client
// reports is clamped here, so that no program ever sees 0 rows or a number that makes it allocate gigabytes.

/** Rows and columns in cells, pixels of the whole text area; 0 pixels: unknown. */
export interface WindowSize {
  readonly rows: number;
  readonly cols: number;
  readonly xpixel?: number;
  readonly ypixel?: number;
}

/** The contract of the command line: sizes are 1 to 1000 by 1 to 1000. */
const MAX_CELLS = 1000;
const MAX_PIXELS = 0xffff;

/** Whole numbers within the limits; what is no number becomes the smallest value. */
export function clampWindowSize(size: WindowSize): Required<WindowSize> {
  return {
    rows: clamp(size.rows, 1, MAX_CELLS),
    cols: clamp(size.cols, 1, MAX_CELLS),
    xpixel: clamp(size.xpixel ?? 0, 0, MAX_PIXELS),
    ypixel: clamp(size.ypixel ?? 0, 0, MAX_PIXELS),
  };
}

/** struct winsize: four u16 in the byte order of the machine (little-endian on all that Bun runs on). */
export function encodeWindowSize(size: WindowSize): Uint8Array {
  const { rows, cols, xpixel, ypixel } = clampWindowSize(size);
  return new Uint8Array(new Uint16Array([rows, cols, xpixel, ypixel]).buffer);
}

function clamp(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, Math.floor(value)));
}
