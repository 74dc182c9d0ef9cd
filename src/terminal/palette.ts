// The palette of 256 colours: 16 that a theme chooses, a cube of 6 x 6 x 6, 24 grays. Used to answer OSC 4 and to draw
// pictures, each with 16 of its own.

const CUBE_LEVELS = [0, 0x5f, 0x87, 0xaf, 0xd7, 0xff];

/** 0xrrggbb of a palette index, 0 to 255; `basic`: the first 16. */
export function paletteColour(index: number, basic: readonly number[]): number {
  if (index >= 232) return 0x010101 * (8 + 10 * (index - 232));
  if (index < 16) return basic[index] ?? 0;
  const cube = index - 16;
  const level = (unit: number) => CUBE_LEVELS[Math.floor(cube / unit) % 6] ?? 0;
  return (level(36) << 16) | (level(6) << 8) | level(1);
}
