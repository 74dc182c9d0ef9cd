// From the flags of `logs` to the range of bytes that they mean.

import { BideError, unwrap } from "../../base/errors.ts";
import type { LogRange } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import type { Flags } from "../flags.ts";
import { parseMoment } from "../moment.ts";
import { logBounds, offsetOfLastLines, offsetsOfLines, startOfLine } from "./line-offsets.ts";
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

/** @throws BideError `usage` for flags that exclude each other. */
export function logSelection(flags: Flags): LogSelection {
  const given = ["tail", "since"].filter((name) => flags.has(name));
  if (flags.has("start") || flags.has("end")) given.push("start and --end");
  if (given.length > 1) throw new BideError("usage", `--${given.join(" and --")} exclude each other`);
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

export async function logRange(recorded: RecordedSession, selection: LogSelection): Promise<LogRange> {
  const { tail, start, end, since, follow } = selection;
  const bounds = await logBounds(recorded);
  // Without --follow a session that goes on printing must not keep the command from ending.
  const to = follow ? undefined : bounds.end;
  if (tail !== undefined) return { from: await offsetOfLastLines(recorded, bounds, tail), to, follow };
  if (since !== undefined) {
    const offset = await offsetSince(recorded, since);
    return { from: await startOfLine(recorded, bounds, offset ?? bounds.end), to, follow };
  }
  const fromEnd = (line: number) => offsetOfLastLines(recorded, bounds, -line);
  const afterEnd = end === undefined ? undefined : end + 1;
  const counted = [start ?? 0, afterEnd ?? 0].filter((line) => line > 0);
  const offsets = counted.length === 0 ? [] : await offsetsOfLines(recorded, bounds, counted);
  const offsetOf = (line: number) => (line === 0 ? bounds.start : (offsets[counted.indexOf(line)] ?? bounds.end));
  const from = start !== undefined && start < 0 ? await fromEnd(start) : offsetOf(start ?? 0);
  if (end === undefined) return { from, to, follow };
  // -E -1 is the last line: nothing is cut off.
  const cut = end < 0 ? await fromEnd(end + 1) : offsetOf(end + 1);
  return { from, to: end === -1 ? to : cut };
}
