// Fault P2: a worker that is killed takes its terminal with it. That is told at once, with the signal; the log stays
// readable, the host and the other sessions go on, and what is left of the program can be found and ended.

import { expect, setDefaultTimeout, test } from "bun:test";
import { sandbox } from "../support/sandbox.ts";
import { attachWindow, hostPid, rawLog } from "./bide-commands.ts";
import { gone, isRunning, kill9, until } from "./processes.ts";

setDefaultTimeout(60_000);

test("a worker killed with -9, its session is lost with the signal, its log readable, its clients told", async () => {
  await using box = sandbox();
  const other = await box.start("other", ["cat"]);
  const session = await box.start("x", ["sh", "-c", "seq 1 1000; exec cat"]);
  const host = await hostPid(box);
  await using window = attachWindow(box, "x");
  await window.shows("1000");
  // Output is in the file 50 ms after it was printed; an event of it is written together with it.
  await box.event("x", (event) => event.event === "output");
  await box.printed("x", "1000\r\n");

  await kill9(session.worker_pid ?? 0);
  expect(await window.exited).toEqual({ code: 69, signal: null });
  expect(window.text).toContain("[lost x: ");
  const lost = await box.event("x", (event) => event.event === "lost");
  expect(lost).toMatchObject({ worker_signal: "SIGKILL", worker_pid: session.worker_pid });
  // The hang-up ends the program; on a busy machine it is an orphan for a moment.
  await gone(session.child_pid ?? 0);
  expect(await box.session("x")).toMatchObject({ state: "lost", worker_pid: null, exit_code: null });
  const lines = Array.from({ length: 1000 }, (_, index) => `${index + 1}\r\n`).join("");
  expect(new TextDecoder().decode(await rawLog(box, "x"))).toBe(lines);
  expect(await hostPid(box)).toBe(host);
  expect(await box.session("other")).toMatchObject({ state: "running", child_pid: other.child_pid });
  expect((await box.run(["send", "x", "text"])).code).toBe(4);
  expect((await box.run(["attach", "x"])).code).toBe(4);
  // The name is free, and the session itself can go on.
  expect((await box.json(["restart", "x"])).session).toMatchObject({
    state: "running",
    session_id: session.session_id,
  });
});

test("a worker killed while its program ignores the hang-up, orphaned until it is killed, then its name is free", async () => {
  await using box = sandbox();
  const { worker_pid, child_pid } = await box.start("x", ["sh", "-c", "trap '' HUP; echo ready; sleep 1000 & wait"]);
  await box.printed("x", "ready");
  await kill9(worker_pid ?? 0);
  const orphaned = await until("the session is orphaned", async () => {
    const session = await box.session("x");
    return session.state === "orphaned" && session;
  });
  expect(orphaned).toMatchObject({ worker_pid: null, child_pid });
  expect((await box.run(["start", "-n", "x", "--", "true"])).code).toBe(4);
  expect((await box.json(["kill", "x"])).session).toMatchObject({ state: "killed", exit_signal: "SIGKILL" });
  expect(isRunning(child_pid ?? 0)).toBe(false);
  await box.start("x", ["sleep", "1000"]);
});

test("an orphaned session killed while others ask for it, still told as killed", async () => {
  await using box = sandbox();
  for (let round = 0; round < 3; round += 1) {
    const { worker_pid } = await box.start("x", ["sh", "-c", "trap '' HUP; echo ready; sleep 1000 & wait"]);
    await box.printed("x", "ready");
    await kill9(worker_pid ?? 0);
    await until("it is orphaned", async () => (await box.session("x")).state === "orphaned");
    const [{ session }] = await Promise.all([
      box.json(["kill", "x"]),
      ...Array.from({ length: 6 }, () => box.json(["list", "--all"])),
    ]);
    expect(session).toMatchObject({ state: "killed", exit_signal: "SIGKILL" });
  }
});

test("worker and host killed together, the next command finds out and tells", async () => {
  await using box = sandbox();
  const { worker_pid, child_pid } = await box.start("x", ["cat"]);
  await box.start("y", ["cat"]);
  await kill9(await hostPid(box));
  await kill9(worker_pid ?? 0);
  await gone(child_pid ?? 0);
  const { sessions } = await box.json(["list", "--all"]);
  const states = Object.fromEntries(sessions.map((one: { name: string; state: string }) => [one.name, one.state]));
  expect(states).toEqual({ x: "lost", y: "running" });
});
