// `bide screen SEL`: the screen as a person would see it, of a live or an ended session: text, JSON, escape sequences,
// a picture, or what changed since an earlier look.

import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { writeJson, writeText } from "../output.ts";
import { checkHash, writeChanges } from "../screen/changed-rows.ts";
import { chosenForm, isPicture, writePicture } from "../screen/picture-output.ts";
import { openScreen } from "../screen/shown-screen.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json, env } = context;
  const hash = flags.text("diff");
  const since = hash === undefined ? undefined : checkHash(hash);
  // What changed can be told as JSON too; everything else is one form or the other.
  const also = since === undefined ? "json" : "diff";
  const form = chosenForm(flags, [also, "ansi", "html", "svg", "png"]);
  const bide = await context.connect();
  const screen = await openScreen(bide, takeSelector(context).selector);
  try {
    const { session } = screen;
    const state = await screen.state(since);
    if (since !== undefined) writeChanges(session, since, state, json);
    else if (isPicture(form)) {
      const { pictureSource } = await import("../screen/screen-state.ts");
      await writePicture(form, pictureSource(state, session.name), flags, env);
    } else if (json) writeJson({ schema_version: 1, session_id: session.session_id, ...state });
    else {
      const ansi = form === "ansi" ? await import("../screen/styled-rows.ts") : undefined;
      const rows = ansi?.styledRows(state) ?? state.lines.map((line) => visible(line.text));
      while (rows.length > 0 && rows.at(-1) === "") rows.pop();
      writeText(rows.map((row) => `${row}\n`).join(""));
    }
    return 0;
  } finally {
    screen.close();
  }
};
