// screen: what a person would see now, or only the rows that changed since an earlier look.

import * as v from "valibot";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { visible } from "../../terminal/visible.ts";
import { lastLines } from "../capped-text.ts";
import { defineTool, MAX_CHARS, SESSION } from "../tool.ts";

export const SCREEN = defineTool({
  name: "screen",
  description:
    "Show the screen of a live session as text, with the cursor. With since (the hash of an earlier answer) only the " +
    "rows that changed. For what has scrolled away use logs.",
  input: v.strictObject({
    session: SESSION,
    since: v.pipe(v.optional(v.string()), v.description("hash of an earlier answer of this tool")),
    max_chars: MAX_CHARS,
  }),
  reads: true,
  async call({ session, since, max_chars }, { host }) {
    const state = await host.withSession(session, (connection) =>
      connection.request("screen.state", since === undefined ? {} : { since }),
    );
    const { rows, cols, hash, offset, alternate, cursor, title, changed_rows = null } = state;
    const { text, left } = lastLines(shownRows(state), max_chars);
    return {
      text: left > 0 ? `(${left} rows above left out)\n${text}` : text,
      data: { rows, cols, hash, offset, alternate, cursor, title: visible(title), changed_rows, left_out: left },
    };
  },
});

/** Every row down to the last that has text; rows of a difference carry their number. */
function shownRows({ lines, changed_rows }: ScreenStatePayload): string[] {
  if (changed_rows) return changed_rows.map((row) => `${row}: ${visible(lines[row]?.text ?? "")}`);
  const rows = lines.map((line) => visible(line.text));
  while (rows.at(-1) === "") rows.pop();
  return rows;
}
