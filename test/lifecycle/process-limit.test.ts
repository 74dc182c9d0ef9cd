// Fault P12, the part that root cannot meet: the user may start no more processes (EAGAIN). `start` says so itself, the
// record stays, nothing else is left, and the session can be started once there is room. Root is never limited, so bide runs
// as another user here, in directories of that user.

import { expect, setDefaultTimeout } from "bun:test";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processTable } from "../../src/pty/process-table.ts";
import { needs } from "../support/needs.ts";
import { BIDE, sandbox } from "../support/sandbox.ts";
import { until } from "./processes.ts";

setDefaultTimeout(60_000);

const USER = 54_321;
/** As /proc/PID/syscall has it: read(2), on x86-64 or arm64, of descriptor 0. One that still starts needs more threads. */
const READS_INPUT = /^(0|63) 0x0 /;

function waitsBelow(parent: number): (row: { pid: number; ppid: number }) => boolean {
  return ({ pid, ppid }) => ppid === parent && READS_INPUT.test(readFileSync(`/proc/${pid}/syscall`, "utf8"));
}

needs(
  "root",
  "setpriv",
  "prlimit",
)("a user at the limit of processes, start says which limit it is and a later restart works", async () => {
  await using box = sandbox();
  const home = join(box.root, "limited");
  // A place that the user can reach, for an executable that need not be; source cannot be moved.
  const program = join(box.root, "bide");
  const isSource = readFileSync(BIDE).subarray(0, 2).toString() === "#!";
  if (!isSource) copyFileSync(BIDE, program);
  mkdirSync(home);
  chownSync(home, USER, USER);
  chmodSync(box.root, 0o755);
  const env = { ...box.env, HOME: home, BIDE_STATE_DIR: join(home, "state"), BIDE_RUNTIME_DIR: join(home, "run") };
  const as = ["--reuid", String(USER), "--regid", String(USER), "--clear-groups"];
  const run = (...argv: string[]) => spawnSync("setpriv", [...as, ...argv], { env, cwd: home, encoding: "utf8" });
  const bide = (...args: string[]) => run(isSource ? BIDE : program, ...args);
  const json = (...args: string[]) => JSON.parse(bide(...args, "--json").stdout);
  try {
    expect(bide("list").status).toBe(0);
    const { pid } = json("host", "status").host;
    const worker = await until("a spare worker waits", () => processTable().find(waitsBelow(pid))?.pid);
    expect(run("prlimit", "--pid", String(worker), "--nproc=1:1").status).toBe(0);

    const refused = bide("start", "-n", "x", "--json", "--", "cat");
    expect([refused.status, refused.stdout]).toEqual([1, ""]);
    const { error } = JSON.parse(refused.stderr);
    expect(error.code).toBe("spawn_failed");
    expect(error.message).toContain("got EAGAIN (the limit of processes, `ulimit -u`, is reached)");
    const { session } = json("status", "x");
    expect(session).toMatchObject({ state: "failed_start", failure: { code: "spawn_failed" }, child_pid: null });
    await until("its worker is gone", () => processTable().every((row) => row.pid !== worker));
    expect(json("restart", "x").session).toMatchObject({ state: "running", failure: null });
  } finally {
    expect(bide("shutdown", "--force").status).toBe(0);
    chmodSync(box.root, 0o700);
  }
});
