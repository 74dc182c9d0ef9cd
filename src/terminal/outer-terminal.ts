// What a person's terminal is sent before a session is drawn on it: everything that a program may have left
// switched on is switched off one by one, because a full reset would take its screen and its scrollback. Part
// of the snapshot for target "terminal".

import type { Screen } from "./screen.ts";
import type { SnapshotOptions } from "./snapshot.ts";

/** Ends an open string and an open link. */
const CLOSE = "\x1b\\\x1b]8;;\x1b\\";

/** What restoring a cursor may bring back besides its position: plain pen, ASCII, no origin, autowrap. */
const PLAIN_PEN = '\x1b[m\x1b[0"q\x1b(B\x1b)B\x1b*B\x1b+B\x0f\x1b[?6l\x1b[?7h';

/** No insert, no mouse, focus or paste reports, normal keys, the terminal's own visible cursor. */
const MODES_OFF =
  "\x1b[4l\x1b[20l\x1b[?1l\x1b>\x1b[?5l\x1b[?45l\x1b[?25h\x1b[0 q" +
  "\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l";

/** Up to the blank screen that is drawn on, with the cursor at its top left. */
export function openOuter(screen: Screen, { outer, outerSize }: SnapshotOptions): string {
  const { rows } = screen;
  const terminalRows = outerSize?.rows ?? rows;
  let out = CLOSE;
  // Restores that terminal's saved cursor as well, so not where its position still matters.
  if (outer === "replace") out += `\x1b[?1049l${MODES_OFF}${programModesOff(screen)}\x1b[r`;
  else {
    // From the row the cursor is in, so many line feeds push out what is above it and not a blank line more.
    out += `\x1b[m${MODES_OFF}${programModesOff(screen)}\x1b7\x1b[r\x1b8\r${"\n".repeat(Math.max(rows, terminalRows))}`;
  }
  out += `${PLAIN_PEN}\x1b[H\x1b[J`;
  return terminalRows > rows ? `${out}\x1b[1;${rows}r` : out;
}

/**
 * Into the alternate screen, blank and with everything at its defaults. One region serves both screens there, and
 * what 1049 saves has to be what was saved just before, so that leaving it restores that.
 */
export function enterOuterAlternate(screen: Screen): string {
  return `\x1b[r\x1b8\x1b[?1049h${PLAIN_PEN}${screen.state.keyboard.everUsed ? "\x1b[=0;1u" : ""}\x1b[H\x1b[2J`;
}

/** Only what a program asked for: old terminals show these as text. */
function programModesOff({ margins, state: { keyboard, modes } }: Screen): string {
  let out = margins.everUsed ? "\x1b[?69l" : "";
  if (keyboard.everUsed) out += "\x1b[=0;1u";
  if (keyboard.everModified) out += "\x1b[>4;0m";
  if (modes.everReported) out += "\x1b[?2031l";
  return out;
}
