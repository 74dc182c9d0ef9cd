// Fault P13: a host and a worker that may have 64 open files, and a hundred clients. Who comes too late is told why at
// once, those who are there notice nothing, and when some leave there is room again without a restart.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { unwrap } from "../../src/base/errors.ts";
import { locate } from "../../src/base/locations.ts";
import { until } from "../lifecycle/processes.ts";
import { RawHostClient } from "../protocol/raw-host-client.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** Starts the host, and so its workers, with 64 descriptors. */
function startHostWithFew(box: Sandbox): void {
  const { exitCode } = Bun.spawnSync(["sh", "-c", 'ulimit -n 64; exec "$0" list', BIDE], { env: box.env });
  expect(exitCode).toBe(0);
}

function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

async function refusal(attaching: Promise<LibraryClient>): Promise<LibraryClient | { code?: string; message: string }> {
  return attaching.catch((error) => error);
}

test("100 clients of a worker with 64 descriptors, those too many are refused with the reason, the others go on", async () => {
  await using box = sandbox();
  startHostWithFew(box);
  const { worker_pid } = await box.start("x", ["sh", "-c", "stty -echo; while read line; do echo got $line.; done"]);
  const worker = worker_pid ?? 0;
  const clients: LibraryClient[] = [];
  const refusals: { code?: string; message: string }[] = [];
  for (let count = 0; count < 100; count += 1) {
    const result = await refusal(LibraryClient.attach(box, "x"));
    if (result instanceof LibraryClient) clients.push(result);
    else refusals.push(result);
  }
  expect(clients.length).toBeGreaterThan(20);
  expect(clients.length + refusals.length).toBe(100);
  expect(refusals.length).toBeGreaterThan(36);
  for (const { code, message } of refusals) {
    expect(code).toBe("busy");
    expect(message).toMatch(/^\d+ clients are connected, which is all that fit$/);
  }
  clients[0]?.type("everybody\n");
  for (const client of clients) await client.shows("got everybody.");
  // The host's own connection was there first.
  await box.ok(["label", "x", "still=here"]);

  const full = descriptorsOf(worker);
  for (const client of clients.splice(0, 10)) await client.detach();
  await until("10 descriptors are free", () => descriptorsOf(worker) <= full - 10);
  using late = await LibraryClient.attach(box, "x");
  late.type("late\n");
  await late.shows("got late.");
  for (const client of clients) client[Symbol.dispose]();
});

test("100 connections to a host with 64 descriptors, it goes on answering and recovers when they leave", async () => {
  await using box = sandbox();
  startHostWithFew(box);
  const { worker_pid, child_pid } = await box.start("x", ["cat"]);
  const { hostSocket } = unwrap(locate(box.env));
  const { pid } = (await box.json(["host", "status"])).host;
  const first = await RawHostClient.connect(hostSocket);
  await first.call("system.hello", { protocol: 1, version: "0" });
  // Some of these are told to go away, and stay where they are.
  const idle: RawHostClient[] = [first];
  for (let count = 0; count < 100; count += 1) idle.push(await RawHostClient.connect(hostSocket));
  const late = await box.run(["list", "--json"]);
  expect([late.code, late.stderr]).toEqual([75, expect.stringContaining('"busy"')]);
  expect(await first.call("session.list", {})).toMatchObject({ sessions: [{ name: "x" }] });
  for (const client of idle) client.close();
  await until("there is room again", async () => (await box.run(["list"])).code === 0);
  expect((await box.json(["list"])).sessions).toMatchObject([{ name: "x", state: "running", worker_pid, child_pid }]);
  await box.start("y", ["cat"]);
  expect((await box.json(["host", "status"])).host.pid).toBe(pid);
});
