// What a person's terminal is sent before a session is drawn on it: everything that a program may have left
// switched on is switched off one by one, because a full reset would take its screen and its scrollback. Part
// of the snapshot for target "terminal".

import type { Screen } from "./screen.ts";

/**
 * Ends an open string and link; plain pen, full region, ASCII, no insert, no origin, autowrap; no mouse, focus or
 * paste reports; normal keys; visible cursor in the terminal's own shape. Leaves the cursor where it is.
 */
const DEFAULTS =
  '\x1b\\\x1b]8;;\x1b\\\x1b[m\x1b[0"q\x1b(B\x1b)B\x0f\x1b[4l\x1b[20l' +
  "\x1b[?1l\x1b>\x1b[?5l\x1b[?7h\x1b[?45l\x1b[?25h\x1b[0 q" +
  "\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l" +
  // These two move the cursor home.
  "\x1b7\x1b[r\x1b[?6l\x1b8";

/** What restoring a cursor may have brought back besides its position. */
export const AFTER_RESTORE = '\x1b[m\x1b[0"q\x1b(B\x1b)B\x1b*B\x1b+B\x0f\x1b[?6l\x1b[?7h';

export function knownState(screen: Screen): string {
  const { keyboard, modes } = screen.state;
  let out = DEFAULTS;
  // Only what a program asked for: old terminals show these as text.
  if (keyboard.everUsed) out += "\x1b[=0;1u";
  if (keyboard.everModified) out += "\x1b[>4;0m";
  if (modes.everReported) out += "\x1b[?2031l";
  return out;
}

/** Scrolls what is above the cursor into the terminal's scrollback, without blank lines in between. */
export function pushOuterScreen(rows: number): string {
  return `\r${"\n".repeat(rows)}`;
}
