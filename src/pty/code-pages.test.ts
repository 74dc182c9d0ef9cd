import { expect, test } from "bun:test";
import { readFileSync, readlinkSync } from "node:fs";
import { releaseCode } from "./code-pages.ts";

/** KiB of the executable's code that this process has in its memory. */
function codeInMemory(): number {
  const executable = ` ${readlinkSync("/proc/self/exe")}`;
  let sum = 0;
  let counts = false;
  for (const line of readFileSync("/proc/self/smaps", "utf8").split("\n")) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) counts = line.includes(" r-xp ") && line.endsWith(executable);
    else if (counts && line.startsWith("Rss:")) sum += Number.parseInt(line.slice(4), 10);
  }
  return sum;
}

test.skipIf(process.platform !== "linux")(
  "code is let go of, most of it is out of memory and all of it still runs",
  () => {
    const before = codeInMemory();
    releaseCode();
    const after = codeInMemory();
    expect(before).toBeGreaterThan(0);
    expect(after).toBeLessThan(before / 2);
    Bun.gc(true);
    expect(JSON.parse(JSON.stringify([..."code"].toSorted()))).toEqual(["c", "d", "e", "o"]);
    releaseCode();
    releaseCode();
  },
);
