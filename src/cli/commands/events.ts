// `bide events SEL`: the session's journal, as it stands or as it grows.

import { FOLLOW_WAIT_MS, RecordedSession } from "../../client/recorded-session.ts";
import type { JournalEvent } from "../../protocol/both-sockets.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { jsonText } from "../json-text.ts";
import { writeText } from "../output.ts";
import { takeSelector } from "../selector.ts";

/** Small enough that an answer stays far below the largest frame, with events of 1 KB. */
const PAGE = 1000;

export const run: Command = async (context) => {
  const { flags, json } = context;
  const tail = flags.integer("tail", 0);
  const follow = flags.has("follow");
  const recorded = await RecordedSession.open(context, takeSelector(context).selector);
  const write = (events: readonly JournalEvent[]) => {
    const lines = events.map((event) => (json ? jsonText(event) : eventText(event)));
    if (lines.length > 0) writeText(`${lines.join("\n")}\n`);
  };
  try {
    let seq = tail === undefined ? 0 : ((await recorded.readEvents({ tail: 1 })).events.at(-1)?.seq ?? 0);
    // Numbers have no gaps, so the last so many are the ones after this number.
    if (tail !== undefined) seq = Math.max(0, seq - tail);
    for (;;) {
      const { events, ended } = await recorded.readEvents({
        after_seq: seq,
        max: PAGE,
        wait_ms: follow ? FOLLOW_WAIT_MS : 0,
      });
      write(events);
      seq = events.at(-1)?.seq ?? seq;
      if (events.length === 0 && (ended || !follow)) return 0;
    }
  } finally {
    recorded.close();
  }
};

function eventText({ seq, time, event, session_id: _, ...more }: JournalEvent): string {
  const details = Object.entries(more).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return visible([String(seq).padStart(5), time, event, ...details].join(" "));
}
