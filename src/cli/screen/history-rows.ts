// The lines of a history as rows of cells: printed once more into a screen model as wide as the session's, so that
// they wrap, and carry their colours and links, as they did there. Called for `bide history --html` and `--svg`.

import { allRows, type ScreenLine } from "../../terminal/read-out.ts";
import { Screen } from "../../terminal/screen.ts";

/** `ansi`: what ShownScreen.history gives for "ansi". */
export function historyRows(ansi: Uint8Array, cols: number): ScreenLine[] {
  if (ansi.length === 0) return [];
  const text = new TextDecoder().decode(ansi).replace(/\n$/, "").replaceAll("\n", "\r\n");
  // A character has at least a byte, takes at most two cells, and may leave one free at the end of a row.
  const lines = text.split("\n").length;
  const screen = new Screen({
    rows: 1,
    cols,
    scrollback: lines + Math.ceil((2 * text.length) / Math.max(1, cols - 1)),
  });
  try {
    screen.write(new TextEncoder().encode(text));
    return allRows(screen);
  } finally {
    screen.dispose();
  }
}
