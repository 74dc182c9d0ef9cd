// `shutdown` leaves nothing of any session: also not what ended sessions had left behind, with and without a host, and
// not a host that was started for a client that is gone.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { acquireLock } from "../../src/store/lock.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { killHost } from "./bide-commands.ts";
import { gone, isRunning, stateOf, until } from "./processes.ts";

setDefaultTimeout(60_000);

/** A daemon, a job that ignores the hang-up and one that holds the terminal. */
const JOBS = "setsid sleep 1001 & nohup sleep 1002 >/dev/null 2>&1 & (trap '' HUP; exec sleep 1003) &";

/** A session whose program has ended with 3 and left jobs; their pids. Each of `count` jobs runs one `sleep`. */
async function leaveJobs(box: Sandbox, jobs: string, count: number): Promise<number[]> {
  await box.start("x", ["sh", "-c", `${jobs} read go; exit 3`]);
  const pids = await until("all of them are there", async () => {
    const { processes } = await box.json(["ps", "x"]);
    const sleeps = processes.filter(({ command }: { command: string }) => command.startsWith("sleep "));
    return sleeps.length === count && sleeps.map(({ pid }: { pid: number }) => pid);
  });
  await box.type("x", "\r");
  await box.event("x", ({ event }) => event === "exited");
  expect(pids.filter(isRunning)).toEqual(pids);
  return pids;
}

for (const flags of [[], ["--force"]]) {
  test(`${["shutdown", ...flags].join(" ")} after a session that left jobs behind, none of them lives when it returns`, async () => {
    await using box = sandbox();
    const left = await leaveJobs(box, JOBS, 3);
    await box.start("y", ["cat"]);
    const { sessions } = await box.json(["shutdown", ...flags]);
    expect(left.filter(isRunning)).toEqual([]);
    expect(sessions.map(({ name }: { name: string }) => name)).toEqual(["y"]);
    const { sessions: after } = await box.json(["list", "--all"]);
    expect(after).toMatchObject([{ name: "x", state: "exited", exit_code: 3 }, { name: "y" }]);
  });
}

test("shutdown --force when the host is dead, the jobs of ended sessions are ended as well", async () => {
  await using box = sandbox();
  const left = await leaveJobs(box, JOBS, 3);
  await killHost(box);
  await box.ok(["shutdown", "--force"]);
  expect(left.filter(isRunning)).toEqual([]);
});

test("shutdown with a job that ignores every polite signal, killed in the end; a stranger with its name lives", async () => {
  await using box = sandbox();
  const stubborn = "trap '' HUP TERM INT; while :; do sleep 1001; done";
  await using stranger = Bun.spawn(["sleep", "1001"], { env: box.env });
  const left = await leaveJobs(box, `setsid sh -c "${stubborn}" &`, 1);
  await box.ok(["shutdown"]);
  expect(left.filter(isRunning)).toEqual([]);
  expect(isRunning(stranger.pid)).toBe(true);
});

test("a client killed while it starts a host, the host has nobody to work for and ends", async () => {
  await using box = sandbox();
  // It waits for the lock, so that it is seen while it starts, however busy the machine. Whoever has that gets a SIGUSR1.
  mkdirSync(box.stateDir, { mode: 0o700 });
  const ignored = () => {};
  process.on("SIGUSR1", ignored);
  const lock = unwrap(acquireLock(join(box.stateDir, "host.lock")));
  const client = box.spawn(["list"]);
  const host = await until("the host is there", () => hostOf(client.pid));
  process.kill(host, "SIGSTOP");
  await until("it stands still", () => stateOf(host) === "T");
  lock.dispose();
  process.off("SIGUSR1", ignored);
  // Reaped, so that its end of the pipe is closed for sure: a killed process is seen dead before its last thread is.
  await client.end();
  process.kill(host, "SIGCONT");
  await gone(host);
});

/** The host that a client is starting, once it is more than a fork of the client. */
function hostOf(client: number): number | undefined {
  const found = readdirSync("/proc").find((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return parent === client && readFileSync(`/proc/${name}/cmdline`, "utf8").includes("__host");
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}
