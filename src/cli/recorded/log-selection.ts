// From the flags of `logs` to the range of bytes that they mean.

import { BideError, unwrap } from "../../base/errors.ts";
import type { LogRange } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import type { Flags } from "../flags.ts";
import { parseMoment } from "../moment.ts";
import { type LogBounds, logBounds, offsetOfLastLines, offsetsOfLines, startOfLine } from "./line-offsets.ts";
import { offsetSince } from "./output-times.ts";

export interface LogSelection {
  readonly tail: number | undefined;
  /** Lines from 0; negative from the end; both inclusive. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** Milliseconds since 1970. */
  readonly since: number | undefined;
  readonly follow: boolean;
}

/** @throws BideError `usage` for flags that exclude each other and for what is no number or time. */
export function logSelection(flags: Flags): LogSelection {
  const follow = flags.has("follow");
  if (follow && flags.has("end")) throw new BideError("usage", "--follow has no end: it excludes --end");
  const since = flags.text("since");
  return {
    tail: flags.integer("tail", 0),
    start: flags.integer("start"),
    end: flags.integer("end"),
    since: since === undefined ? undefined : unwrap(parseMoment(since)),
    follow,
  };
}

/** What all given flags allow: lines of --start to --end that were printed --since, and of these the last --tail. */
export async function logRange(recorded: RecordedSession, selection: LogSelection): Promise<LogRange> {
  const { tail, since, follow } = selection;
  const bounds = await logBounds(recorded);
  const cut = await numberedLines(recorded, bounds, selection);
  // Without --follow a session that goes on printing must not keep the command from ending.
  const to = follow ? undefined : cut.end;
  let from = cut.start;
  if (since !== undefined) from = Math.max(from, await startSince(recorded, bounds, since, follow));
  if (tail !== undefined && from < cut.end) {
    from = await offsetOfLastLines(recorded, { start: from, end: cut.end }, tail);
  }
  return { from: to === undefined ? from : Math.min(from, to), to, follow };
}

/** Where the first line begins that was printed at or after a moment. */
async function startSince(
  recorded: RecordedSession,
  bounds: LogBounds,
  since: number,
  follow: boolean,
): Promise<number> {
  const offset = await offsetSince(recorded, since);
  // Nothing yet: a line that is only begun belongs to the past, unless its rest is still waited for.
  if (offset === undefined && !follow) return bounds.end;
  return startOfLine(recorded, bounds, offset ?? bounds.end);
}

/** The bytes of the lines from --start to --end. */
async function numberedLines(
  recorded: RecordedSession,
  bounds: LogBounds,
  { start, end }: LogSelection,
): Promise<LogBounds> {
  const fromEnd = (line: number) => offsetOfLastLines(recorded, bounds, -line);
  const afterEnd = end === undefined ? undefined : end + 1;
  const counted = [start ?? 0, afterEnd ?? 0].filter((line) => line > 0);
  const offsets = counted.length === 0 ? [] : await offsetsOfLines(recorded, bounds, counted);
  const offsetOf = (line: number) => (line === 0 ? bounds.start : (offsets[counted.indexOf(line)] ?? bounds.end));
  const from = start !== undefined && start < 0 ? await fromEnd(start) : offsetOf(start ?? 0);
  // -E -1 is the last line: nothing is cut off.
  if (end === undefined || end === -1) return { start: from, end: bounds.end };
  return { start: from, end: end < 0 ? await fromEnd(end + 1) : offsetOf(end + 1) };
}
