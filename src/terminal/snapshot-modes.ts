// Modes that neither draw nor move anything, written where all of them are at their defaults: keyboard, mouse,
// paste, focus, cursor shape. Synchronized output is never switched on again: its end may lie behind us. Part
// of the snapshot.

import { cursorShapeNumber } from "./cursor-shape.ts";
import type { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";

/** Set when the program set them; the engine's default is reset. */
const SWITCHED_ON = [1, 45, 9, 1000, 1002, 1003, 1006, 1016, 1004, 2004, 2031];
const SCREENS: readonly number[] = [47, 1047, 1049];

export function writeModes(out: RowWriter, screen: Screen, terminal: boolean): void {
  const { engine, state } = screen;
  const { modes, keyboard } = state;
  for (const [mode, on] of modes.remembered) {
    // Blinking belongs to the shape below, and what a terminal's own default is nobody knows.
    if (!terminal || on) out.raw(`\x1b[?${mode}${on ? "h" : "l"}`, undefined);
  }
  for (const mode of SWITCHED_ON) if (modes.private(mode)) out.raw(`\x1b[?${mode}h`, undefined);
  if (modes.private(66)) out.raw("\x1b=", undefined);
  if (!modes.private(25)) out.raw("\x1b[?25l", undefined);
  if (!modes.private(7)) out.raw("\x1b[?7l", undefined);
  if (modes.ansi(20)) out.raw("\x1b[20h", undefined);
  const shape = cursorShapeNumber(engine);
  if (shape !== 0) out.raw(`\x1b[${shape} q`, undefined);
  if (keyboard.modifyOtherKeys !== 0) out.raw(`\x1b[>4;${keyboard.modifyOtherKeys}m`, undefined);
}

/** XTSAVE's values, for a model: each is set, saved, and brought back by what is written later. */
export function writeSavedModes(out: RowWriter, screen: Screen, alternate: boolean): void {
  const { modes } = screen.state;
  for (const [mode, on] of modes.saved) {
    if (SCREENS.includes(mode)) {
      if (on === alternate) out.raw(`\x1b[?${mode}s`, undefined);
    } else if (!alternate) {
      const fresh = FRESH_ON.includes(mode);
      const change = (to: boolean) => (on === fresh ? "" : `\x1b[?${mode}${to ? "h" : "l"}`);
      out.raw(`${change(on)}\x1b[?${mode}s${change(fresh)}`, undefined);
    }
  }
}

const FRESH_ON: readonly number[] = [7, 8, 25, 1035];
