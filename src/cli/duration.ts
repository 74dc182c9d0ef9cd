// Durations as people write them: `250ms`, `2s`, `5m`, `1h`; a bare number is seconds (the command line page,
// "Rules for every verb").

import { fail, ok, type Result } from "../base/result.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Node's timers take 31 bits; a longer wait would fire at once. */
const MOST_MS = 2_147_483_647;

/** Milliseconds, rounded. */
export function parseDuration(text: string): Result<number> {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const unit = UNITS[found?.[2] ?? "s"];
  const ms = found === null || unit === undefined ? Number.NaN : Math.round(Number(found[1]) * unit);
  if (Number.isNaN(ms)) return fail("bad_duration", `${JSON.stringify(text)} is not a duration`);
  if (ms > MOST_MS) return fail("bad_duration", `${text} is too long, at most ${Math.floor(MOST_MS / 3_600_000)}h`);
  return ok(ms);
}
