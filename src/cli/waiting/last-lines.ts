// The last lines that a session printed, for `--tail`.

import { RecordedSession } from "../../client/recorded-session.ts";
import type { Session } from "../../protocol/session.ts";
import type { CommandContext } from "../command.ts";
import { logBounds, offsetOfLastLines } from "../recorded/line-offsets.ts";
import { printedLines } from "../recorded/printed-lines.ts";

export async function lastLines(
  context: Pick<CommandContext, "connect">,
  { session_id }: Session,
  count: number,
): Promise<string[]> {
  const recorded = await RecordedSession.open(context, { text: session_id });
  try {
    const bounds = await logBounds(recorded);
    const from = await offsetOfLastLines(recorded, bounds, count);
    const lines: string[] = [];
    for await (const batch of printedLines(recorded, { from, to: bounds.end })) {
      lines.push(...batch.map((line) => line.text));
    }
    return lines.slice(-count);
  } finally {
    recorded.close();
  }
}
