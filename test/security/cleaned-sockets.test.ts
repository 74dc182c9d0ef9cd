// Fault U2: something (a cleaner of /tmp, a person) removes the runtime directory under a living host and its workers.
// The next command finds everything again, and whoever is attached notices nothing.

import { expect, setDefaultTimeout, test } from "bun:test";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { locate } from "../../src/base/locations.ts";
import { LibraryClient } from "../clients/library-client.ts";
import { kill9 } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

test("the runtime directory removed, the next commands reach the same host, the same sessions and their programs", async () => {
  await using box = sandbox();
  const { runtimeBase, runtimeDir } = unwrap(locate(box.env));
  const { child_pid, worker_pid } = await box.start("x", ["sh", "-c", "while read line; do echo got $line.; done"]);
  using attached = await LibraryClient.attach(box, "x");
  const { pid } = (await box.json(["host", "status"])).host;
  for (const removed of [runtimeBase, runtimeDir]) {
    rmSync(removed, { recursive: true });
    expect((await box.json(["list"])).sessions).toMatchObject([{ name: "x", state: "running", child_pid, worker_pid }]);
    expect((await box.json(["host", "status"])).host.pid).toBe(pid);
    // To the worker, whose socket is gone as well.
    await box.ok(["send", "x", "--force", `after ${removed.length}`, "--enter"]);
    await attached.shows(`got after ${removed.length}.`);
  }
  for (const name of readdirSync(runtimeDir)) {
    expect(lstatSync(join(runtimeDir, name)).mode & 0o777).toBe(0o600);
  }
  expect(lstatSync(runtimeDir).mode & 0o777).toBe(0o700);
  expect(lstatSync(dirname(runtimeDir)).mode & 0o777).toBe(0o700);
  expect(attached.complaints).toEqual([]);
});

test("the runtime directory removed and the host killed, a new host finds the workers by their records", async () => {
  await using box = sandbox();
  const { runtimeBase } = unwrap(locate(box.env));
  const { child_pid, worker_pid } = await box.start("x", ["cat"]);
  await kill9((await box.json(["host", "status"])).host.pid);
  rmSync(runtimeBase, { recursive: true });
  expect((await box.json(["list"])).sessions).toMatchObject([{ name: "x", state: "running", child_pid, worker_pid }]);
  await box.type("x", "hello\r");
  await box.printed("x", "hello");
});
