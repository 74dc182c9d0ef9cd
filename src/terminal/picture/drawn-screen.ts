// A screen that printed something, as a picture: for the tests of this folder.

import { screenState } from "../read-out.ts";
import { Screen } from "../screen.ts";
import { type Picture, pictureOf } from "./picture.ts";

/** The cursor is hidden unless the output shows it again. */
export function drawnScreen(output: string, rows = 1, cols = 10): Picture {
  const screen = new Screen({ rows, cols });
  screen.write(new TextEncoder().encode(`\x1b[?25l${output}`));
  const picture = pictureOf(screenState(screen));
  screen.dispose();
  return picture;
}
