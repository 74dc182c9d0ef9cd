// Sessions whose workers listen in another runtime directory than the host's (XDG_RUNTIME_DIR is another under cron, sudo or
// ssh): they cannot be reached, and can be ended all the same.

import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { sandbox } from "../support/sandbox.ts";
import { isRunning } from "./processes.ts";

setDefaultTimeout(60_000);

test("sessions with sockets in another runtime directory, kill, delete, restart and shutdown come to their end", async () => {
  await using box = sandbox();
  const names = ["killed", "deleted", "restarted", "left"];
  const sessions = await Promise.all(names.map((name) => box.start(name, ["sleep", "1000"])));
  await box.ok(["host", "stop"]);
  const env = { BIDE_RUNTIME_DIR: join(box.root, "other") };
  const listed = await box.json(["list"], { env });
  expect(listed.sessions.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
  await box.ok(["kill", "killed", "restarted"], { env });
  await box.ok(["delete", "--kill", "deleted"], { env });
  await box.ok(["restart", "restarted"], { env });
  await box.ok(["shutdown", "--force"], { env });
  for (const { child_pid } of sessions) expect(isRunning(child_pid ?? 0)).toBe(false);
});
