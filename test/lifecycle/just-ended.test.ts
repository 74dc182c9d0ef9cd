// A session whose end is recorded and not yet known to the host: whoever has seen it end may restart it, delete it and use
// its name. The worker waits between record and news.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { until } from "./processes.ts";

setDefaultTimeout(60_000);

/** Resolves when the end is in the journal of session `x`, where everybody may read it. */
async function justEnded(box: Sandbox): Promise<void> {
  const env = { BIDE_TEST_LATE_NEWS_MS: "1500" };
  const { session } = await box.json(["start", "--name", "x", "--", "sh", "-c", "read -r _; exit 3"], { env });
  await box.type("x", "\r");
  const journal = join(box.stateDir, "sessions", session.session_id, "events.jsonl");
  await until("the end is recorded", () => readFileSync(journal, "utf8").includes('"exited"'));
}

test("a session that has just ended is restarted", async () => {
  await using box = sandbox();
  await justEnded(box);
  expect((await box.json(["restart", "x"])).session.state).toBe("running");
});

test("a session that has just ended is deleted", async () => {
  await using box = sandbox();
  await justEnded(box);
  await box.ok(["delete", "x"]);
  expect((await box.json(["list", "--all"])).sessions).toEqual([]);
});

test("the name of a session that has just ended is used again", async () => {
  await using box = sandbox();
  await justEnded(box);
  await box.ok(["start", "--name", "x", "--", "sleep", "1000"]);
  expect((await box.json(["list"])).sessions).toHaveLength(1);
});

/** The end and the commands meet in another order each time. */
const ROUNDS = amount(3, 6);

test("a session that ends while commands ask its worker, they say that it has ended and not that bide is at fault", async () => {
  await using box = sandbox();
  const asking = [
    ["resize", "x", "90x30"],
    ["print", "x", "text"],
    ["send", "x", "y"],
    ["detach", "x"],
    ["attach", "x"],
  ];
  // Also while one of the others owns the input.
  const end = ["send", "x", "--enter", "--force"];
  for (let round = 0; round < ROUNDS; round += 1) {
    await box.ok(["start", "--name", "x", "--", "sh", "-c", "read -r _; exit 3"]);
    const [, ...asked] = await Promise.all([end, ...asking].map((args) => box.run(args)));
    for (const { code, stderr } of asked) {
      expect(stderr).not.toContain("closed the connection");
      expect([0, 3, 4, 5]).toContain(code);
    }
    await box.ok(["wait", "x", "--exit"]);
    await box.ok(["delete", "x", "--purge"]);
  }
});
