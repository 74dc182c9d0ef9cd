// What belongs to one of the two screens besides its cells: tab stops, the saved cursor, the scrolling region,
// the kitty keyboard stack. Written while that screen is shown, with everything else at its defaults, and left
// that way. Part of the snapshot.

import { COLOUR, PLAIN, styleOf } from "./cell.ts";
import { charsetLetter } from "./charsets.ts";
import type { KittyScreen } from "./kitty-keyboard.ts";
import type { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import type { Charset, ScreenBuffer } from "./xterm-internals.ts";

const TAB_WIDTH = 8;

/** `always`: as for the saved cursor. */
export function writeTabs(out: RowWriter, screen: Screen, buffer: ScreenBuffer, always: boolean): void {
  const stops: number[] = [];
  let usual = true;
  for (let column = 0; column < screen.cols; column += 1) {
    const stop = buffer.tabs[column] === true;
    if (stop) stops.push(column);
    if (stop !== (column % TAB_WIDTH === 0)) usual = false;
  }
  if (usual && !always) return;
  out.raw("\x1b[3g", undefined);
  for (const column of stops) out.raw(`\x1b[${column + 1}G\x1bH`, column);
}

/**
 * Row and column of the saved position are absolute; the region is the whole screen at this point. `always`: even
 * the defaults, because the terminal that is written to may have saved something of its own.
 */
export function writeSavedCursor(out: RowWriter, screen: Screen, buffer: ScreenBuffer, always: boolean): void {
  const row = Math.min(screen.state.savedCursors.row(buffer), screen.rows - 1);
  const column = Math.min(buffer.savedX, screen.cols - 1);
  const { fg, bg } = buffer.savedCurAttrData;
  const extended = screen.state.savedCursors.extended(buffer);
  const style = { ...styleOf(fg, bg, extended), link: 0, underlineColour: (extended?._ext ?? 0) & COLOUR };
  const { savedCharsets: sets, savedGlevel: level, savedOriginMode: origin, savedWraparoundMode: wraps } = buffer;
  const plain = style.fg === 0 && style.bg === 0 && style.underlineColour === 0 && level === 0 && !origin && wraps;
  if (!always && plain && row === 0 && column === 0 && sets.every((set) => set === undefined)) return;
  out.style(style);
  out.raw(charsetSequences(sets, level), undefined);
  out.raw(`${origin ? "\x1b[?6h" : ""}${wraps ? "" : "\x1b[?7l"}\x1b[${row + 1};${column + 1}H\x1b7`, undefined);
  out.raw(`${origin ? "\x1b[?6l" : ""}${wraps ? "" : "\x1b[?7h"}${defaultCharsets(sets, level)}`, undefined);
  out.style(PLAIN);
}

/** Moves the cursor. `always`: even the whole screen, because the terminal that is written to is taller. */
export function writeRegion(out: RowWriter, screen: Screen, buffer: ScreenBuffer, always: boolean): void {
  const { scrollTop, scrollBottom } = buffer;
  if (!always && scrollTop === 0 && scrollBottom === screen.rows - 1) return;
  out.raw(`\x1b[${scrollTop + 1};${scrollBottom + 1}r`, undefined);
}

/** The lowest entry replaces the flags in force, the others are pushed. */
export function writeKittyStack(out: RowWriter, { flags, stack }: KittyScreen): void {
  const [first = 0, ...others] = [...stack, flags];
  if (first !== 0) out.raw(`\x1b[=${first};1u`, undefined);
  for (const entry of others) out.raw(`\x1b[>${entry}u`, undefined);
}

const DESIGNATE = ["\x1b(", "\x1b)", "\x1b*", "\x1b+"];
const INVOKE = ["\x0f", "\x0e", "\x1bn", "\x1bo"];

/** From four ASCII sets with G0 invoked. */
export function charsetSequences(sets: readonly Charset[], level: number): string {
  let out = "";
  sets.forEach((set, index) => {
    if (set !== undefined) out += `${DESIGNATE[index] ?? ""}${charsetLetter(set)}`;
  });
  return level === 0 ? out : out + (INVOKE[level] ?? "");
}

function defaultCharsets(sets: readonly Charset[], level: number): string {
  let out = "";
  sets.forEach((set, index) => {
    if (set !== undefined) out += `${DESIGNATE[index] ?? ""}B`;
  });
  return level === 0 ? out : `${out}\x0f`;
}
