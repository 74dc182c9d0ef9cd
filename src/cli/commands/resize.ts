// `bide resize SEL COLSxROWS`: the size of the PTY, until an attached owner says otherwise.

import { BideError, unwrap } from "../../base/errors.ts";
import type { Command, CommandContext } from "../command.ts";
import { takeSelector } from "../selector.ts";
import { writeSession } from "../session-output.ts";
import { checkSize, parseSize, type Size } from "../size.ts";

export const run: Command = async (context) => {
  const { selector, rest } = takeSelector(context);
  const wanted = wantedSize(context, rest[0]);
  const bide = await context.connect();
  const connection = await bide.session(selector);
  try {
    // The worker itself is asked: what the host knows may be older than the last resize.
    const { cols, rows } = (await connection.request("session.status", {})).session;
    const size = unwrap(checkSize({ cols: wanted.cols ?? cols, rows: wanted.rows ?? rows }));
    const { session } = await connection.request("session.resize", { cols: size.cols, rows: size.rows });
    if (context.json) writeSession(session);
  } finally {
    connection.close();
  }
  return 0;
};

function wantedSize({ flags }: CommandContext, text: string | undefined): Partial<Size> {
  const cols = flags.integer("cols");
  const rows = flags.integer("rows");
  if (text === undefined && cols === undefined && rows === undefined) {
    throw new BideError("usage", "which size? give COLSxROWS, --cols or --rows");
  }
  if (text === undefined) {
    // Checked before anything is connected: a bad size is the caller's mistake whatever the session is.
    unwrap(checkSize({ cols: cols ?? 1, rows: rows ?? 1 }));
    return { cols, rows };
  }
  if (cols !== undefined || rows !== undefined) {
    throw new BideError("usage", "give COLSxROWS, or --cols and --rows, not both");
  }
  return unwrap(parseSize(text));
}
