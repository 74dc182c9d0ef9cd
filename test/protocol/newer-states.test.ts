// Records of a newer version whose sessions are in states that this one does not know (faults F3): they are listed as
// they are, a live one is followed, an ended one is left alone, and no command fails for them.

import { expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { gone } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";

test("records with unknown states, a new host shows them, follows the live one and can delete the ended one", async () => {
  await using box = sandbox();
  const live = await box.start("live", ["cat"]);
  const { worker_pid } = await box.start("ended", ["true"]);
  // Until then it writes the record itself.
  await gone(worker_pid ?? 0);
  const metaOf = async (name: string): Promise<string> => (await box.inspect(name)).paths.meta;
  const [liveMeta, endedMeta] = [await metaOf("live"), await metaOf("ended")];
  await box.ok(["host", "stop"]);
  rename(liveMeta, "hibernating");
  rename(endedMeta, "hibernated");

  const { sessions } = await box.json(["list", "--all"]);
  const byName = Object.fromEntries(sessions.map((one: { name: string }) => [one.name, one]));
  // Its own worker knows better than the record.
  expect(byName.live).toMatchObject({ state: "running", worker_pid: live.worker_pid });
  expect(byName.ended).toMatchObject({ state: "hibernated" });
  expect(await box.ok(["list", "--all"])).toContain("hibernated");
  expect((await box.json(["status", "ended"])).session).toMatchObject({ state: "hibernated" });
  expect((await box.run(["attach", "ended"])).code).toBe(4);
  expect(JSON.parse(readFileSync(endedMeta, "utf8")).session.state).toBe("hibernated");
  const { checks } = await box.json(["doctor"]);
  expect(checks.filter(({ severity }: { severity: string }) => severity === "critical")).toEqual([]);
  await box.ok(["delete", "ended", "--purge"]);
});

function rename(meta: string, state: string): void {
  const record = JSON.parse(readFileSync(meta, "utf8"));
  record.session.state = state;
  writeFileSync(meta, JSON.stringify(record));
}
