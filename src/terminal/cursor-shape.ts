// The cursor's shape as DECSCUSR numbers it; asked by programs and written by the snapshot.

import type { Engine } from "./xterm-internals.ts";

/** DECSCUSR's number, 0 when the program never chose a shape. */
export function cursorShapeNumber(engine: Engine): number {
  const { cursorStyle, cursorBlink } = engine.coreService.decPrivateModes;
  if (cursorStyle === undefined) return 0;
  const steady = cursorStyle === "block" ? 2 : cursorStyle === "underline" ? 4 : 6;
  return cursorBlink ? steady - 1 : steady;
}
