// A worker that stands still (SIGSTOP, a debugger, a machine that swaps): its session waits for it, everybody else goes on.
// Nothing waits for it without an end, `kill` ends it, and once it goes on it is followed as if nothing had been.

import { expect, setDefaultTimeout, test } from "bun:test";
import { join, resolve } from "node:path";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { killHost } from "./bide-commands.ts";
import { gone, isRunning, stateOf, until } from "./processes.ts";

// Each waits for as long as bide waits for a worker, some ten seconds.
setDefaultTimeout(120_000);

/** Two sessions, the worker of `x` stopped. */
async function standing(box: Sandbox) {
  await box.start("other", ["cat"]);
  const { worker_pid, child_pid } = await box.start("x", ["cat"]);
  const worker = worker_pid ?? 0;
  // The host has met it.
  await box.ok(["status", "x"]);
  process.kill(worker, "SIGSTOP");
  await until("it stands still", () => stateOf(worker) === "T");
  return { worker, program: child_pid ?? 0, goOn: () => process.kill(worker, "SIGCONT") };
}

test("a new host while a worker stands still, the other sessions are reached and this one is when it goes on", async () => {
  await using box = sandbox();
  const { worker, goOn } = await standing(box);
  await killHost(box);
  const { sessions } = await box.json(["list"]);
  expect(sessions.map(({ name, state, responsive }: Record<string, unknown>) => [name, state, responsive])).toEqual([
    ["other", "running", true],
    ["x", "running", false],
  ]);
  await box.type("other", "typed\r");
  await box.printed("other", "typed\r\ntyped\r\n");
  // What it alone may write is not written in its place.
  for (const args of [
    ["rename", "x", "y"],
    ["label", "x", "k=v"],
    ["stop", "x"],
    ["send", "x", "typed"],
  ]) {
    const { code, stderr } = await box.run(args);
    expect([args, code, stderr]).toEqual([args, 69, expect.stringContaining(String(worker))]);
  }
  goOn();
  await until("it is followed", async () => (await box.session("x")).responsive);
  await box.ok(["rename", "x", "y"]);
  await box.type("y", "typed\r");
  await box.printed("y", "typed\r\ntyped\r\n");
  await box.ok(["stop", "y"]);
});

test("commands that ask a worker that stands still, 69 with its pid and the way out; kill ends it and its program", async () => {
  await using box = sandbox();
  const { worker, program } = await standing(box);
  const asked = [
    ["screen"],
    ["history"],
    ["send", "text"],
    ["resize", "90x30"],
    ["label", "k=v"],
    ["stop"],
    ["logs"],
    ["attach"],
  ];
  const told = await Promise.all(
    asked.map(async ([verb = "", ...words]) => {
      const { code, stderr } = await box.run([verb, "x", ...words]);
      return { verb, code, stderr };
    }),
  );
  for (const one of told) {
    expect(one).toEqual({ ...one, code: 69, stderr: expect.stringContaining(`(pid ${worker})`) });
    expect(one.stderr).toContain("`bide kill x` ends it");
  }
  const { session } = await box.json(["kill", "x"]);
  expect(session).toMatchObject({ state: "killed", exit_signal: "SIGKILL", worker_pid: null, child_pid: null });
  await gone(worker);
  expect(isRunning(program)).toBe(false);
  expect(await box.session("x")).toMatchObject({ state: "killed", responsive: true });
  await box.ok(["delete", "x"]);
});

test("delete --kill of a session whose worker stands still while there was another host, done", async () => {
  await using box = sandbox();
  const { worker, program } = await standing(box);
  await killHost(box);
  await box.ok(["delete", "x", "--kill"]);
  await gone(worker);
  expect(isRunning(program)).toBe(false);
  expect(await box.ok(["list", "--short"])).toBe("other\n");
});

test("a worker that only listens to what an ended session left behind and stands still, delete and restart end it", async () => {
  await using box = sandbox();
  const late = join(box.root, "late");
  Bun.spawnSync(["mkfifo", late]);
  const program = [resolve(import.meta.dir, "../programs/pty-leave-grandchild.sh"), late];
  for (const [verb, again] of [
    ["restart", false],
    ["delete", true],
  ] as const) {
    const { worker_pid } = await box.start(verb, program);
    const worker = worker_pid ?? 0;
    await box.event(verb, ({ event }) => event === "exited");
    process.kill(worker, "SIGSTOP");
    await until("it stands still", () => stateOf(worker) === "T");
    // The next host meets it like that, too.
    if (again) await killHost(box);
    await box.ok([verb, verb]);
    await gone(worker);
  }
  expect(await box.ok(["logs", "delete"])).toBe("early\n");
});

test("a --timeout shorter than the patience with workers, kept when the worker stands still", async () => {
  await using box = sandbox();
  const { worker } = await standing(box);
  const asked = [
    ["send", "x", "typed"],
    ["prompt", "x", "text"],
    ["write", "x", "file"],
  ];
  const told = await Promise.all(
    asked.map(async (args) => {
      const began = performance.now();
      const { code, stderr } = await box.run([...args, "--timeout", "1s"]);
      return { args, code, stderr, soon: performance.now() - began < 9500 };
    }),
  );
  for (const one of told) {
    expect(one).toEqual({ ...one, code: 69, stderr: expect.stringContaining(`(pid ${worker})`), soon: true });
  }
});

test("a host that stands still, a short --timeout is kept and the session goes on", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  const { pid } = (await box.json(["host", "status"])).host;
  process.kill(pid, "SIGSTOP");
  await until("it stands still", () => stateOf(pid) === "T");
  const asked = [
    ["send", "x", "typed"],
    ["prompt", "x", "text"],
    ["write", "x", "file"],
    ["wait", "x", "--exit"],
  ];
  const told = await Promise.all(
    asked.map(async (args) => {
      const began = performance.now();
      const { code, stderr } = await box.run([...args, "--timeout", "1s"]);
      return { args, code, stderr, soon: performance.now() - began < 18_000 };
    }),
  );
  process.kill(pid, "SIGCONT");
  for (const one of told) {
    expect(one).toEqual({ ...one, code: 69, stderr: expect.stringContaining("does not answer"), soon: true });
  }
  await box.ok(["send", "x", "typed", "--enter"]);
  await box.printed("x", "typed\r\ntyped\r\n");
});
