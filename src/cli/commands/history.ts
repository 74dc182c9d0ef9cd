// `bide history SEL`: scrollback and screen as lines that were printed, of a live or an ended session.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { writeBytes, writeJson } from "../output.ts";
import { openScreen } from "../screen/shown-screen.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const format = flags.has("ansi") || flags.has("vt") ? "ansi" : "text";
  if (format === "ansi" && json) throw new BideError("usage", "--ansi and --json exclude each other");
  const lines = flags.integer("lines", 0);
  const bide = await context.connect();
  const screen = await openScreen(bide, takeSelector(context).selector);
  try {
    const bytes = await screen.history(format, lines);
    if (json) {
      const text = new TextDecoder().decode(bytes);
      const printed = text === "" ? [] : text.replace(/\n$/, "").split("\n");
      writeJson({ schema_version: 1, session_id: screen.session.session_id, lines: printed });
    } else writeBytes(bytes);
    return 0;
  } finally {
    screen.close();
  }
};
