// `bide history SEL`: scrollback and screen as lines that were printed, of a live or an ended session: text, JSON,
// escape sequences or a picture.

import type { Command } from "../command.ts";
import { writeBytes, writeJson } from "../output.ts";
import { chosenForm, isPicture, writePicture } from "../screen/picture-output.ts";
import { openScreen } from "../screen/shown-screen.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, env } = context;
  const form = chosenForm(flags, ["json", flags.has("vt") ? "vt" : "ansi", "html", "svg"]);
  const lines = flags.integer("lines", 0);
  const bide = await context.connect();
  const screen = await openScreen(bide, takeSelector(context).selector);
  try {
    const { session } = screen;
    const bytes = await screen.history(form === undefined || form === "json" ? "text" : "ansi", lines);
    if (isPicture(form)) {
      const { pictureSource } = await import("../screen/screen-state.ts");
      const { historyRows } = await import("../screen/history-rows.ts");
      const source = pictureSource(await screen.state(), session.name);
      const rows = historyRows(bytes, source.cols);
      await writePicture(form, { ...source, cursor: undefined, lines: rows }, flags, env);
    } else if (form === "json") {
      const text = new TextDecoder().decode(bytes);
      const printed = text === "" ? [] : text.replace(/\n$/, "").split("\n");
      writeJson({ schema_version: 1, session_id: session.session_id, lines: printed });
    } else writeBytes(bytes);
    return 0;
  } finally {
    screen.close();
  }
};
