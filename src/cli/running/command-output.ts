// The output of one command as clean lines, as `logs` shows them. Used by `commands --output`.

import { logPieces } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import type { CommandRecord } from "../../client/run/command-records.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";

/**
 * Before its prompt zsh marks output that ended without a line end, with blanks that wrap: not the command's. It comes
 * before any hook of ours could say that the command has finished.
 */
const ZSH_END = /\x1b\[1m\x1b\[7m[^\x1b]{1,8}\x1b\[27m\x1b\[1m\x1b\[0m *\r \r$/;
/** As wide as a terminal may be, and the sequences around it. */
const ZSH_END_BYTES = 1100;

/** Whole lines at a time. */
export async function* commandOutput(recorded: RecordedSession, command: CommandRecord): AsyncGenerator<string> {
  const to = await trueEnd(recorded, command);
  let sanitizer = new LineSanitizer();
  const text = (lines: readonly { readonly text: string }[]) => lines.map((line) => `${line.text}\n`).join("");
  let at = command.outputStart;
  for await (const { offset, bytes } of logPieces(recorded, { from: command.outputStart, to })) {
    if (offset !== at) {
      yield text(sanitizer.end());
      sanitizer = new LineSanitizer();
    }
    at = offset + bytes.length;
    yield text(sanitizer.write(bytes));
  }
  yield text(sanitizer.end());
}

async function trueEnd(
  recorded: RecordedSession,
  { outputStart, outputEnd }: CommandRecord,
): Promise<number | undefined> {
  if (outputEnd === null) return undefined;
  const from = Math.max(outputStart, outputEnd - ZSH_END_BYTES);
  let tail = "";
  for await (const { bytes } of logPieces(recorded, { from, to: outputEnd }))
    tail += Buffer.from(bytes).toString("latin1");
  return outputEnd - (ZSH_END.exec(tail)?.[0].length ?? 0);
}
