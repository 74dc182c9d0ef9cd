// Fault P8: a record whose pids belong to somebody else now, as after a reboot or long uptime. Nobody but a process
// that is the recorded one by pid, start time and boot is ever signalled.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkerRecord } from "../../src/protocol/launch.ts";
import { identify, type ProcessIdentity } from "../../src/pty/identity.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { killHost } from "./bide-commands.ts";
import { gone, isRunning, kill9 } from "./processes.ts";

setDefaultTimeout(60_000);

const ELSEWHERE = "00000000-0000-4000-8000-000000000000";
const reused: Record<string, (stranger: ProcessIdentity, old: ProcessIdentity) => ProcessIdentity> = {
  "another start time": (stranger, old) => ({ ...old, pid: stranger.pid }),
  "the same start time and another boot": (stranger) => ({ ...stranger, boot_id: ELSEWHERE }),
};

for (const [what, forge] of Object.entries(reused)) {
  test(`pids of a living stranger with ${what}, the session is lost and the stranger is left alone`, async () => {
    await using box = sandbox();
    const stranger = Bun.spawn(["sleep", "1000"], { stdio: ["ignore", "ignore", "ignore"] });
    try {
      const identity = identify(stranger.pid);
      if (identity === null) throw new Error("the stranger is gone");
      for (const verb of ["stop", "kill", "delete"]) {
        await deadSessionOf(box, verb, (old) => forge(identity, old));
        const { sessions } = await box.json(["list", "--all"]);
        expect(sessions.find((one: { name: string }) => one.name === verb)).toMatchObject({ state: "lost" });
        expect(await box.ok(["ps", verb])).not.toContain(String(stranger.pid));
        expect((await box.run([verb, verb])).code).toBe(0);
        expect(isRunning(stranger.pid)).toBe(true);
      }
      await box.ok(["shutdown", "--force"]);
      expect(isRunning(stranger.pid)).toBe(true);
    } finally {
      stranger.kill("SIGKILL");
      await stranger.exited;
    }
  });
}

/** A session that looks alive in its files, whose processes are dead and whose pids are somebody's now. */
async function deadSessionOf(box: Sandbox, name: string, forge: (old: ProcessIdentity) => ProcessIdentity) {
  const session = await box.start(name, ["cat"]);
  await killHost(box);
  await kill9(session.worker_pid ?? 0);
  await gone(session.child_pid ?? 0);
  const path = join(box.stateDir, "sessions", session.session_id, "worker.json");
  const record = JSON.parse(readFileSync(path, "utf8")) as WorkerRecord;
  const child = record.child === null ? null : forge(record.child);
  writeFileSync(path, JSON.stringify({ ...record, worker: forge(record.worker), child }));
}
