// `bide logs SEL`: what the session printed, as clean lines, as JSON or as raw bytes. Works the same for running,
// ended and archived sessions.

import { BideError } from "../../base/errors.ts";
import { logPieces } from "../../client/log-pieces.ts";
import { RecordedSession } from "../../client/recorded-session.ts";
import type { Command } from "../command.ts";
import { jsonText } from "../json-text.ts";
import { say, writeBytes, writeText } from "../output.ts";
import { logRange, logSelection } from "../recorded/log-selection.ts";
import { OutputTimes } from "../recorded/output-times.ts";
import { printedLines } from "../recorded/printed-lines.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const raw = flags.has("raw");
  if (raw && json) throw new BideError("usage", "--raw and --json exclude each other");
  const selection = logSelection(flags);
  const recorded = await RecordedSession.open(context, takeSelector(context).selector);
  try {
    const range = await logRange(recorded, selection);
    if (raw) {
      let at = range.from;
      for await (const { offset, bytes } of logPieces(recorded, range)) {
        tellGap(offset - at);
        writeBytes(bytes);
        at = offset + bytes.length;
      }
      return 0;
    }
    const times = new OutputTimes(recorded);
    const session_id = recorded.session.session_id;
    for await (const lines of printedLines(recorded, range, tellGap)) {
      let text = "";
      for (const { text: line, offset, missing } of lines) {
        if (json) text += jsonText({ session_id, line, offset, time: await times.timeOf(offset), missing });
        else {
          if (missing !== undefined) {
            // On a terminal both streams are one place: what came before the gap stands before the mark.
            writeText(text);
            text = "";
            tellGap(missing);
          }
          text += line;
        }
        text += "\n";
      }
      if (text !== "") writeText(text);
    }
    return 0;
  } finally {
    recorded.close();
  }
};

/** `bytes`: how many are gone; said on standard error, because it is no output of the session. */
function tellGap(bytes: number): void {
  if (bytes > 0) say(`[${bytes} bytes are gone here]`);
}
