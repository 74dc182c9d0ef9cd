// A limit for every answer that doctor waits for: a stopped or starved process must not stop the doctor too.

import { timeout } from "../../base/disposable.ts";

/** The promise's value, or undefined when it takes longer than `limitMs` of the monotonic clock. */
export async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = timeout(limitMs, () => late.resolve(undefined));
  // What fails after the deadline has nobody to tell any more.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    timer.dispose();
  }
}
