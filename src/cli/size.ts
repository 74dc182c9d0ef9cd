// Terminal sizes as people write them: `120x40`, columns first. Rule: the command line page, "Sizes are 1 to
// 1000 by 1 to 1000 for `resize`".

import { fail, ok, type Result } from "../base/result.ts";
import { MAX_CELLS } from "../protocol/limits.ts";

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export function parseSize(text: string): Result<Size> {
  const found = /^(\d{1,9})[xX](\d{1,9})$/.exec(text);
  if (found === null) return fail("bad_size", `${JSON.stringify(text)} is not a size`);
  return checkSize({ cols: Number(found[1]), rows: Number(found[2]) });
}

export function checkSize(size: Size): Result<Size> {
  for (const cells of [size.cols, size.rows]) {
    if (cells < 1 || cells > MAX_CELLS) {
      return fail("bad_size", `${size.cols}x${size.rows} is outside of 1x1 to ${MAX_CELLS}x${MAX_CELLS}`);
    }
  }
  return ok(size);
}
