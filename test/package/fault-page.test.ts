// docs/faults.md names a test for every fault. A test that was renamed or removed must not stay promised there.

import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dir, "../..");
/** A file, and behind a colon the beginnings (or other parts) of titles. */
const NAMED = /`((?:test|src)\/[^`]+\.test\.ts)`(?:: ((?:"[^"]+"(?:, )?)+))?/g;

test("every test that the page of faults names, there with that title", () => {
  const page = readFileSync(resolve(ROOT, "docs/faults.md"), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| fault |"));
  const missing: string[] = [];
  for (const row of rows) {
    const named = [...row.matchAll(NAMED)];
    if (named.length === 0) missing.push(`a test in: ${row}`);
    for (const [, file = "", titles = ""] of named) {
      const path = resolve(ROOT, file);
      const source = existsSync(path) ? readFileSync(path, "utf8") : undefined;
      if (source === undefined) missing.push(file);
      for (const [, title = ""] of titles.matchAll(/"([^"]+)"/g)) {
        if (source?.includes(title) === false) missing.push(`${file}: ${title}`);
      }
    }
  }
  expect(rows.length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});
