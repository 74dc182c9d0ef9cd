// `--since`: an RFC 3339 time, or a duration ago.

import { fail, ok, type Result } from "../base/result.ts";
import { parseDuration } from "./duration.ts";

const RFC_3339 = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970. A time without a zone is local. */
export function parseMoment(text: string, now = Date.now()): Result<number> {
  const duration = parseDuration(text);
  if (duration.ok) return ok(now - duration.value);
  const moment = RFC_3339.test(text) ? Date.parse(text.replace(" ", "T")) : Number.NaN;
  if (!Number.isNaN(moment)) return ok(moment);
  return fail("bad_value", `${JSON.stringify(text)} is neither a time like 2026-01-31T12:00:00Z nor a duration`);
}
