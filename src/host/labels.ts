// What a label may be: a short word that scripts can filter by, and a short text.

import { fail, ok, type Result } from "../base/result.ts";
import { MAX_LABEL_BYTES, MAX_LABELS } from "../protocol/limits.ts";

const KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;

/** Whether `set` and `remove` may be applied to what is there. */
export function checkLabels(
  there: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
  remove: readonly string[] = [],
): Result<undefined> {
  for (const [key, value] of Object.entries(set)) {
    if (!KEY.test(key) || key === "__proto__") {
      return fail(
        "bad_value",
        `${JSON.stringify(key.slice(0, 100))} is no label: keys are 1 to 64 of A-Z a-z 0-9 . _ / -`,
      );
    }
    const bytes = new TextEncoder().encode(value).length;
    if (bytes > MAX_LABEL_BYTES) {
      return fail("bad_value", `the value of label ${key} has ${bytes} bytes, at most ${MAX_LABEL_BYTES}`);
    }
  }
  const keys = new Set([...Object.keys(there), ...Object.keys(set)]);
  for (const key of remove) keys.delete(key);
  if (keys.size > MAX_LABELS) return fail("bad_value", `${keys.size} labels, at most ${MAX_LABELS}`);
  return ok();
}
