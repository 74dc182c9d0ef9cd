// The scrollback and screen of a session as the source of a picture. Called by `bide history` and `bide export`.

import type { PictureSource } from "../../terminal/picture/picture.ts";
import { say } from "../output.ts";
import { historyRows } from "./history-rows.ts";
import type { PictureFormat } from "./picture-output.ts";
import { pictureSource } from "./screen-state.ts";
import type { ShownScreen } from "./shown-screen.ts";

/**
 * `lines`: the last so many printed lines. A PNG of very many rows would have letters too small to read: it shows the
 * last ones, and standard error says so.
 */
export async function historyPicture(
  format: PictureFormat,
  screen: ShownScreen,
  lines: number | undefined,
): Promise<PictureSource> {
  const source = pictureSource(await screen.state(), screen.session.name);
  const rows = historyRows(await screen.history("ansi", lines), source.cols);
  const most =
    format === "png" ? (await import("../../terminal/picture/png.ts")).mostPngRows(source.cols) : rows.length;
  if (rows.length > most) {
    say(`bide: the picture has the last ${most} of ${rows.length} rows; --svg and --html show all`);
  }
  return { ...source, cursor: undefined, lines: rows.slice(Math.max(0, rows.length - most)) };
}
