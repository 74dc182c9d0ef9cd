// How long something lasted or is ago, short enough for a column: `12s`, `3m`, `2h`, `5d`.

/** Milliseconds as one number and one unit, rounded down. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** The age of an RFC 3339 time; `-` when there is none. */
export function ageOf(time: string | null, now = Date.now()): string {
  return time === null ? "-" : shortAge(now - Date.parse(time));
}
