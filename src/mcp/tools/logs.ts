// logs: what a session printed, as clean lines, from a cursor on. The cursor is a byte offset of the log, so nothing is
// shown twice and nothing is missed, however long the agent was away.

import * as v from "valibot";
import type { RecordedSession } from "../../client/recorded-session.ts";
import { LineSanitizer, type SanitizedLine } from "../../terminal/sanitize.ts";
import { firstLines } from "../capped-text.ts";
import { defineTool, MAX_CHARS, SESSION, seconds } from "../tool.ts";

const PIECE_BYTES = 256 * 1024;
/** The last lines are looked for in this much of the log's end. */
const TAIL_WINDOW = 256 * 1024;

export const LOGS = defineTool({
  name: "logs",
  description:
    "Read what a session printed, as clean lines, live or ended. Without cursor: the last lines. Each answer has a " +
    "cursor; give it to read on from there, with wait to be answered as soon as there is something new.",
  input: v.strictObject({
    session: SESSION,
    cursor: v.pipe(
      v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      v.description("cursor of an earlier answer; 0 reads from the beginning"),
    ),
    tail: v.pipe(
      v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)), 100),
      v.description("without cursor: how many of the last lines"),
    ),
    wait: seconds(60, "how long to wait for output when there is none after cursor"),
    max_chars: MAX_CHARS,
  }),
  reads: true,
  call({ session, cursor, tail, wait = 0, max_chars }, { host }) {
    return host.withRecord(session, async (record) => {
      const found =
        cursor === undefined ? await readTail(record, tail) : await readFrom(record, cursor, wait, max_chars);
      const { text, left } = firstLines(
        found.lines.map((line) => line.text),
        max_chars,
      );
      const next = left > 0 ? (found.lines.at(-left)?.offset ?? found.next) : found.next;
      const more = left > 0 || next < found.end;
      const note = more ? `\n(more from cursor ${next})` : "";
      return { text: `${text}${note}`, data: { cursor: next, more, ended: found.ended && !more } };
    });
  },
});

interface Found {
  readonly lines: readonly SanitizedLine[];
  /** Where the next answer begins. */
  readonly next: number;
  readonly end: number;
  readonly ended: boolean;
}

async function readTail(record: RecordedSession, count: number): Promise<Found> {
  const { start, end, ended } = await record.readLog(0, 0);
  const from = Math.max(start, end - TAIL_WINDOW);
  const { lines } = await readLines(record, from, end, Number.POSITIVE_INFINITY);
  // The window may begin in the middle of a line.
  const whole = from > start ? lines.slice(1) : lines;
  return { lines: whole.slice(-count), next: end, end, ended };
}

async function readFrom(record: RecordedSession, cursor: number, wait: number, most: number): Promise<Found> {
  // The first read waits; what has come meanwhile is read to its end.
  await record.readLog(cursor, 1, wait * 1000);
  const { end, ended } = await record.readLog(0, 0);
  const { lines, next } = await readLines(record, cursor, end, most);
  return { lines, next, end, ended };
}

/** Lines from one offset to another, until there are `most` characters. */
async function readLines(record: RecordedSession, from: number, to: number, most: number) {
  const sanitizer = new LineSanitizer(from);
  const lines: SanitizedLine[] = [];
  let at = from;
  for (let chars = 0; at < to && chars <= most; ) {
    const piece = await record.readLog(at, Math.min(PIECE_BYTES, to - at));
    if (piece.next <= at) break;
    const written = sanitizer.write(piece.bytes.subarray(0, Math.max(0, to - piece.offset)));
    for (const line of written) chars += line.text.length + 1;
    lines.push(...written);
    at = Math.min(to, piece.next);
  }
  lines.push(...sanitizer.end());
  return { lines, next: at };
}
