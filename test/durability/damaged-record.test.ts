// Faults D2 for the record of a session that lives: whatever became of its meta.json, no session is lost with it. The next
// host has the worker write it again, and what was found is kept aside.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kill9 } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";

// Hosts and workers start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

test("a living session whose record is damaged or gone, the next host finds it with the same process", async () => {
  await using box = sandbox();
  const started = await box.start("work", ["sh", "-c", "echo here; exec cat"]);
  const { paths } = await box.inspect("work");
  const meta = join(paths.root, "meta.json");
  const whole = readFileSync(meta, "utf8");
  const damages: readonly [string, () => void][] = [
    ["cut", () => writeFileSync(meta, whole.slice(0, whole.length / 2))],
    ["empty", () => writeFileSync(meta, "")],
    ["no record", () => writeFileSync(meta, "[1, 2]")],
    ["another session's", () => writeFileSync(meta, whole.replaceAll(started.session_id, crypto.randomUUID()))],
    ["gone", () => rmSync(meta)],
  ];
  for (const [damage, make] of damages) {
    const { host } = await box.json(["host", "status"]);
    await kill9(host.pid);
    make();
    const { sessions } = await box.json(["list"]);
    expect(sessions, damage).toMatchObject([{ name: "work", state: "running", child_pid: started.child_pid }]);
    expect(JSON.parse(readFileSync(meta, "utf8")).session, damage).toMatchObject({ session_id: started.session_id });
  }
  expect((await box.run(["screen", "work"])).stdout).toContain("here");
  const aside = readdirSync(paths.root).filter((name) => name.includes("corrupt"));
  expect(aside).toHaveLength(damages.length - 1);
});
