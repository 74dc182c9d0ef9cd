// Follows one session for `bide tail`: its last lines, what it prints from then on, how it ended.

import { RecordedSession } from "../../client/recorded-session.ts";
import type { Session } from "../../protocol/session.ts";
import type { SanitizedLine } from "../../terminal/sanitize.ts";
import type { CommandContext } from "../command.ts";
import { logBounds, offsetOfLastLines } from "../recorded/line-offsets.ts";
import { OutputTimes } from "../recorded/output-times.ts";
import { printedLines } from "../recorded/printed-lines.ts";

export interface TailWriter {
  /** `timeOf`: when the byte at an offset was printed; asked in growing order. */
  lines(session: Session, lines: readonly SanitizedLine[], timeOf: OutputTimes): Promise<void> | void;
  /** Nothing more will come; `session` says how it ended. */
  ended(session: Session): void;
}

export async function followSession(
  context: CommandContext,
  session: Session,
  lines: number,
  writer: TailWriter,
): Promise<void> {
  const selector = { text: session.session_id };
  const recorded = await RecordedSession.open(context, selector);
  try {
    const times = new OutputTimes(recorded);
    const from = await offsetOfLastLines(recorded, await logBounds(recorded), lines);
    for await (const batch of printedLines(recorded, { from, follow: true })) {
      if (batch.length > 0) await writer.lines(session, batch, times);
    }
    writer.ended(await recorded.latest());
  } finally {
    recorded.close();
  }
}
