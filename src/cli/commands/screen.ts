// `bide screen SEL`: the screen as a person would see it, of a live or an ended session.

import { BideError } from "../../base/errors.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { writeJson, writeText } from "../output.ts";
import { openScreen } from "../screen/shown-screen.ts";
import { styledRows } from "../screen/styled-rows.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const ansi = flags.has("ansi");
  if (ansi && json) throw new BideError("usage", "--ansi and --json exclude each other");
  const bide = await context.connect();
  const screen = await openScreen(bide, takeSelector(context).selector);
  try {
    const state = await screen.state();
    if (json) {
      writeJson({ schema_version: 1, session_id: screen.session.session_id, ...state });
      return 0;
    }
    const rows = ansi ? styledRows(state) : state.lines.map((line) => visible(line.text));
    while (rows.length > 0 && rows.at(-1) === "") rows.pop();
    writeText(rows.map((row) => `${row}\n`).join(""));
    return 0;
  } finally {
    screen.close();
  }
};
