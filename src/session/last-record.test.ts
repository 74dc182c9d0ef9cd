// What is tried again at the end of a session, and what is not: a disk that fails for a moment must not lose how it ended.

import { expect, test } from "bun:test";
import { fileFailure } from "../base/file-failure.ts";
import { ok } from "../base/result.ts";
import { LastRecord } from "./last-record.ts";

function failing(errno: string) {
  return fileFailure("write meta.json", Object.assign(new Error(errno), { code: errno }));
}

test.each(["ENOSPC", "EIO", "EROFS", "EMFILE"])(
  "%s, tried again until it is written, the others once",
  async (errno) => {
    let tries = 0;
    let others = 0;
    const fails = () => {
      tries += 1;
      return tries === 1 ? failing(errno) : ok();
    };
    const record = new LastRecord([
      fails,
      () => {
        others += 1;
        return ok();
      },
    ]);
    expect([tries, others]).toEqual([1, 1]);
    await record.done;
    expect([tries, others]).toEqual([2, 1]);
  },
);

test.each(["ENOENT", "EACCES"])("%s, which no waiting mends, given up at once", async (errno) => {
  let tries = 0;
  const record = new LastRecord([
    () => {
      tries += 1;
      return failing(errno);
    },
  ]);
  await record.done;
  expect(tries).toBe(1);
});
