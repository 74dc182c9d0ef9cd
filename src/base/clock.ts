// Two clocks: the monotonic one for every duration and deadline (a jump of the wall clock ends nothing),
// the wall clock only for times that people read.

/** Milliseconds since an arbitrary moment; never goes back. */
export function monotonicMs(): number {
  return performance.now();
}

/** The wall clock as RFC 3339 in UTC with milliseconds, the form of every time in JSON and files. */
export function utcNow(): string {
  return new Date().toISOString();
}
