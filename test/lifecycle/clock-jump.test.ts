// Fault P10: the wall clock jumps, and everything stands still for a while, as when a laptop sleeps. Time limits count on,
// nothing expires, and the log goes on at its offset. The clock is libfaketime's, in host, worker and commands; what
// counts time limits is left alone by it, as it is by a clock that is set.

import { expect, setDefaultTimeout } from "bun:test";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { hostPid, rawLog } from "./bide-commands.ts";
import { isRunning, stateOf, until } from "./processes.ts";

setDefaultTimeout(60_000);

const REPEATER = 'stty -echo; echo ready; while read -r line; do echo "got $line"; done';

needs("faketime")(
  "the clock jumps forwards, back and while everything stands still, limits and sessions go on",
  async () => {
    await using stack = new AsyncDisposableStack();
    stack.defer(removeLeftovers);
    const box = stack.use(sandbox());
    const { env, jump } = fakeClock(box);
    const host = box.spawn(["host", "run"], { env });
    await until("the host answers", async () => (await box.run(["host", "status"])).code === 0);
    const bide = (...args: string[]) => box.run(args, { env });
    const { session } = await box.json(["start", "-n", "x", "--", "sh", "-c", REPEATER], { env });
    await bide("run", "-n", "ended", "--", "sh", "-c", "echo kept");
    const client = box.spawn(["attach", "x", "--replay", "full"], { env });
    await client.says("ready");
    let log = "ready\r\n";
    const year = async () => new Date((await box.json(["events", "x", "--tail", "1"])).time).getUTCFullYear();
    for (const [at, by] of ["+400d", "-400d", "+800d"].entries()) {
      const waiting = bide("wait", "x", "--contains", `got ${at}`, "--timeout", "50s");
      if (by === "+800d")
        await whileAllStand([host.pid, session.worker_pid, session.child_pid, client.pid], () => jump(by));
      else jump(by);
      const began = performance.now();
      await client.type(`${at}
`);
      log += `got ${at}\r\n`;
      expect((await waiting).code).toBe(0);
      await client.says(`got ${at}`);
      // A limit is not over at once; were it over in a year, this test would not be either.
      expect((await bide("wait", "x", "--idle", "400ms", "--timeout", "50s")).code).toBe(0);
      expect(performance.now() - began).toBeGreaterThan(400);
      expect((await bide("wait", "x", "--timeout", "100ms")).code).toBe(124);
      expect((await bide("run", "--timeout", "100ms", "--", "sleep", "1000")).code).toBe(124);
      await bide(
        "start",
        "-n",
        `y${at}`,
        "--",
        "sh",
        "-c",
        "trap '' INT HUP TERM; echo ready; while :; do sleep 1000; done",
      );
      await bide("wait", `y${at}`, "--contains", "ready");
      const stopping = performance.now();
      expect((await bide("stop", `y${at}`, "--grace", "100ms")).code).toBe(0);
      expect(performance.now() - stopping).toBeGreaterThan(300);
      // Nobody is taken for lost or too old.
      expect((await box.json(["status", "x"], { env })).session).toMatchObject({
        state: "running",
        child_pid: session.child_pid,
        attached_clients: 1,
        responsive: true,
      });
      expect(await box.ok(["logs", "ended"], { env })).toBe("kept\n");
      expect(new TextDecoder().decode(await rawLog(box, "x"))).toBe(log);
      expect(await year()).not.toBe(new Date().getUTCFullYear());
    }
    let next = 0;
    for (const line of (await box.ok(["events", "x", "--json"])).trimEnd().split("\n")) {
      const { event, offset, length } = JSON.parse(line);
      if (event !== "output") continue;
      expect(offset).toBe(next);
      next = offset + length;
    }
    expect(next).toBe(log.length);
    expect(await hostPid(box)).toBe(host.pid);
  },
);

/** A clock for all that is started with `env`; it is this one's until it jumps. */
function fakeClock(box: Sandbox): { env: Record<string, string>; jump: (by: string) => void } {
  const file = join(box.root, "clock");
  const [library = "/usr/lib/faketime/libfaketime.so.1"] = new Bun.Glob(
    "/usr/lib/*/faketime/libfaketime.so.1",
  ).scanSync("/");
  const jump = (by: string) => writeFileSync(file, `${by}\n`);
  jump("+0d");
  const settings = { FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1", FAKETIME_TIMESTAMP_FILE: file };
  return { env: { LD_PRELOAD: library, ...settings }, jump };
}

/** What libfaketime leaves of each process that was killed, by its pid. */
function removeLeftovers(): void {
  for (const name of readdirSync("/dev/shm")) {
    const pid = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join("/dev/shm", name), { force: true });
  }
}

/** Stops them all, calls `run`, and has them go on. */
async function whileAllStand(pids: readonly number[], run: () => void): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  for (const pid of pids) await until(`${pid} stands`, () => stateOf(pid) === "T");
  run();
  for (const pid of pids) process.kill(pid, "SIGCONT");
}
