// How much a test does. `npm run test:full` (scripts/test-sets.ts) does as much as a fault or a promise names, `npm test` as much
// as shows it: the same code, less often.

const isFull = process.env.BIDE_TEST_FULL === "1";

/** `few` in `npm test`, `full` with BIDE_TEST_FULL=1. */
export function amount<T>(few: T, full: T): T {
  return isFull ? full : few;
}
