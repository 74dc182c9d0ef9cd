// What gives the outer terminal back as it was found, and nothing more: each thing that mode-tracker.ts saw
// switched is switched back by name. Never a full reset, which would take the screen and the scrollback. Sent
// by terminal-guard.ts on every way out.

import type { ModeTracker } from "./mode-tracker.ts";

/** Where the cursor is to stand afterwards. */
export type Placement =
  /** Where it is: the next session is drawn from here. */
  | { readonly kind: "stay" }
  /** On an empty line below the cursor's line. */
  | { readonly kind: "below-cursor" }
  /** On an empty line below this row (from 1), the last one with text. */
  | { readonly kind: "below-row"; readonly row: number };

const ST = "\x1b\\";
const SYNCHRONIZED = 2026;
const ORIGIN = 6;
const SIDE_MARGINS = 69;
const CURSOR = 25;
const CURSOR_BLINK = 12;

/** `rows` and `cols` are the outer terminal's. */
export function undoModes(tracker: ModeTracker, size: { rows: number; cols: number }, placement: Placement): string {
  const { modes, keyboard, strings } = tracker;
  let out = tracker.parser.ground ? "" : ST;
  if (modes.get(SYNCHRONIZED)) out += `\x1b[?${SYNCHRONIZED}l`;
  // A program that drew on the primary screen with a region or a hidden cursor has text below the cursor.
  const drawn = !tracker.inAlternate && (hasRegion(tracker) || !modes.get(CURSOR));
  out += undoKitty(tracker) + keyboard.undoOthers();
  out += undoSwitches(tracker);
  out += undoDrawing(tracker);
  out += strings.undo();
  if (hasRegion(tracker)) out += undoRegion(tracker);
  if (tracker.tabs) out += standardTabs(size.cols);
  return out + undoTitles(tracker) + place(tracker, size.rows, drawn, placement);
}

/**
 * Only what piles up: titles that were put away and pushed keyboard flags. Sent before a screen is drawn over what is
 * shown (a replay says all else anew, but can only push); leaves the alternate screen.
 */
export function undoStacks(tracker: ModeTracker): string {
  return (tracker.parser.ground ? "" : ST) + undoKitty(tracker) + undoTitles(tracker);
}

/** Each screen has a stack of its own, which is reached while that screen is shown. */
function undoKitty({ keyboard, inAlternate, alternate }: ModeTracker): string {
  const [primary, other] = [keyboard.undoKitty(false), keyboard.undoKitty(true)];
  if (inAlternate) return `${other}\x1b[?${alternate}l${primary}`;
  return other === "" ? primary : `${primary}\x1b[?1049h${other}\x1b[?1049l`;
}

function undoTitles({ titles }: ModeTracker): string {
  return titles
    .toReversed()
    .map((which) => `\x1b[23;${which}t`)
    .join("");
}

function undoSwitches(tracker: ModeTracker): string {
  const { on, off } = tracker.modes.undo();
  // These move the cursor or were dealt with.
  const apart = [ORIGIN, SIDE_MARGINS, SYNCHRONIZED];
  const list = (modes: number[]) => modes.filter((mode) => !apart.includes(mode)).join(";");
  let out = tracker.vt52 ? "\x1b<" : "";
  if (list(off) !== "") out += `\x1b[?${list(off)}l`;
  if (list(on) !== "") out += `\x1b[?${list(on)}h`;
  for (const [mode, value] of tracker.ansi) {
    // Local echo off (12) is the one that is set from the beginning.
    if (value !== (mode === 12)) out += `\x1b[${mode}${value ? "l" : "h"}`;
  }
  if (tracker.keypad) out += "\x1b>";
  if (tracker.cursorStyle || tracker.modes.touched(CURSOR_BLINK)) out += "\x1b[0 q";
  return out;
}

function undoDrawing(tracker: ModeTracker): string {
  let out = tracker.style.pen ? "\x1b[m" : "";
  if (tracker.style.protection) out += '\x1b[0"q';
  if (tracker.utf8Off) out += "\x1b%G";
  for (const set of tracker.style.charsets) out += `\x1b${set}B`;
  return tracker.style.shifted ? `${out}\x0f` : out;
}

function hasRegion(tracker: ModeTracker): boolean {
  return tracker.region || tracker.modes.get(ORIGIN) || tracker.modes.get(SIDE_MARGINS);
}

/** Each of these moves the cursor home, so it is put aside first (origin mode would come back with it). */
function undoRegion(tracker: ModeTracker): string {
  let out = "";
  if (tracker.modes.get(ORIGIN)) out += `\x1b[?${ORIGIN}l`;
  out += "\x1b7";
  if (tracker.modes.get(SIDE_MARGINS)) out += `\x1b[?${SIDE_MARGINS}l`;
  return `${out}\x1b[r\x1b8`;
}

/** Every eighth column from the first, as terminals come. */
function standardTabs(cols: number): string {
  let out = "\r\x1b[3g";
  for (let column = 1; column <= cols; column += 8) out += `\x1b[${column}G\x1bH`;
  return `${out}\r`;
}

function place(tracker: ModeTracker, rows: number, drawn: boolean, placement: Placement): string {
  if (placement.kind === "stay") return "";
  if (placement.kind === "below-row" && placement.row < rows) return `\x1b[${placement.row + 1};1H`;
  if (placement.kind === "below-row" || drawn) return `\x1b[${rows};1H\r\n`;
  return tracker.atLineStart && !tracker.tabs ? "" : "\r\n";
}
