// `bide history SEL`: scrollback and screen as lines that were printed, of a live or an ended session: text, JSON,
// escape sequences or a picture.

import type { Command } from "../command.ts";
import { writeBytes, writeJson } from "../output.ts";
import { chosenForm, isPicture, writePicture } from "../screen/picture-output.ts";
import { openScreen } from "../screen/shown-screen.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, env } = context;
  const form = chosenForm(flags, ["json", flags.has("vt") ? "vt" : "ansi", "html", "svg", "png"]);
  const lines = flags.integer("lines", 0);
  const bide = await context.connect();
  const screen = await openScreen(bide, takeSelector(context).selector);
  try {
    if (isPicture(form)) {
      const { historyPicture } = await import("../screen/history-picture.ts");
      await writePicture(form, await historyPicture(form, screen, lines), flags, env);
      return 0;
    }
    const bytes = await screen.history(form === undefined || form === "json" ? "text" : "ansi", lines);
    if (form === "json") {
      const text = new TextDecoder().decode(bytes);
      const printed = text === "" ? [] : text.replace(/\n$/, "").split("\n");
      writeJson({ schema_version: 1, session_id: screen.session.session_id, lines: printed });
    } else writeBytes(bytes);
    return 0;
  } finally {
    screen.close();
  }
};
