// `bide export --cast`: a session as a recording that the players of asciinema show with its timing and its sizes
// (asciicast 2 and 3, https://docs.asciinema.org/manual/asciicast/v3/). Live, ended and archived sessions alike; a
// live one up to now.

import { RecordedSession } from "../../client/recorded-session.ts";
import { jsonText } from "../json-text.ts";
import { type Moment, timeline } from "./cast-timeline.ts";
import { type CastVersion, castVersion } from "./cast-version.ts";
import type { ExportPieces } from "./formats.ts";

/** Characters of one write. */
const PIECE = 64 * 1024;
const encoder = new TextEncoder();

export const castPieces: ExportPieces = async function* (context, selector) {
  const version = await castVersion(context.flags, context.env);
  const recorded = await RecordedSession.open(context, selector);
  try {
    let out = "";
    for await (const line of castLines(recorded, version)) {
      out += `${jsonText(line)}\n`;
      if (out.length < PIECE) continue;
      yield encoder.encode(out);
      out = "";
    }
    yield encoder.encode(out);
  } finally {
    recorded.close();
  }
};

/** The header, then the events. */
async function* castLines(recorded: RecordedSession, version: CastVersion): AsyncGenerator<unknown> {
  const whole = (await recorded.readLog(0, 0)).start === 0;
  let size = { cols: recorded.session.cols, rows: recorded.session.rows };
  let lastMs: number | undefined;
  let startMs = Date.parse(recorded.session.created_at);
  for await (const moment of timeline(recorded)) {
    const same = moment.kind === "size" && moment.cols === size.cols && moment.rows === size.rows;
    if (moment.kind === "size") size = { cols: moment.cols, rows: moment.rows };
    if (lastMs === undefined) {
      // Where the oldest output is gone, the recording begins with the oldest that is left.
      if (!whole && moment.kind !== "text") continue;
      startMs = moment.ms;
      lastMs = startMs;
      yield header(recorded, version, size, startMs);
      if (moment.kind === "size") continue;
    }
    if (same) continue;
    const event = eventOf(moment, version);
    if (event === undefined) continue;
    // Version 2 counts from the beginning, version 3 from the event before.
    yield [(moment.ms - (version === 2 ? startMs : lastMs)) / 1000, ...event];
    lastMs = moment.ms;
  }
  if (lastMs === undefined) yield header(recorded, version, size, startMs);
}

function header(recorded: RecordedSession, version: CastVersion, size: { cols: number; rows: number }, ms: number) {
  const { name } = recorded.session;
  const timestamp = Math.floor(ms / 1000);
  if (version === 2) return { version, width: size.cols, height: size.rows, timestamp, title: name };
  return { version, term: size, timestamp, title: name };
}

function eventOf(moment: Moment, version: CastVersion): [code: string, data: string] | undefined {
  if (moment.kind === "text") return ["o", moment.text];
  if (moment.kind === "size") return ["r", `${moment.cols}x${moment.rows}`];
  return version === 3 ? ["x", String(moment.code)] : undefined;
}
