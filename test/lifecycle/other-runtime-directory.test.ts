// A runtime directory that is another than when host and sessions were started: XDG_RUNTIME_DIR is not set under cron, sudo
// or `docker exec`. The same sessions are found from everywhere, as long as the directory with the sockets is safely ours.

import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { isRunning, until } from "./processes.ts";

setDefaultTimeout(60_000);

/** The environment of a caller who looks elsewhere. */
const elsewhere = (box: Sandbox) => ({ env: { BIDE_RUNTIME_DIR: join(box.root, "other") } });

const hostPid = async (box: Sandbox, options = {}) => (await box.json(["host", "status"], options)).host.pid;

test("another runtime directory than the host's, the same host and sessions", async () => {
  await using box = sandbox();
  const other = elsewhere(box);
  await box.start("work", ["sh", "-c", "echo begun; exec cat"]);
  await box.printed("work", "begun");
  expect(await hostPid(box, other)).toBe(await hostPid(box));
  await box.ok(["send", "work", "from elsewhere", "--enter"], other);
  await box.printed("work", "from elsewhere");
  expect(await box.ok(["screen", "work"], other)).toContain("begun");
  await box.ok(["start", "--name", "second", "--", "sleep", "1000"], other);
  expect((await box.json(["list"])).sessions).toHaveLength(2);
});

for (const how of ["stopped", "killed"]) {
  test(`the host ${how} and the next one started with another runtime directory, it listens where the workers do`, async () => {
    await using box = sandbox();
    const other = elsewhere(box);
    const work = await box.start("work", ["sh", "-c", "echo begun; exec cat"]);
    await box.printed("work", "begun");
    const { paths: before } = await box.inspect("work");
    if (how === "killed") process.kill(await hostPid(box), "SIGKILL");
    else await box.ok(["host", "stop"]);
    // The first call finds no host, and must mean the same tmux server as every other.
    await box.ok(["tmux", "new-session", "-d", "-s", "panes"], other);
    expect(await box.ok(["tmux", "list-sessions"])).toContain("panes:");
    await box.ok(["send", "work", "from elsewhere", "--enter"], other);
    await box.printed("work", "from elsewhere");
    const { session, paths } = await box.json(["inspect", "work"], other);
    expect(session.child_pid).toBe(work.child_pid);
    expect(paths.socket).toBe(before.socket);
    expect(await hostPid(box, other)).toBe(await hostPid(box));
    // Once nobody listens there, the environment counts again.
    await box.ok(["tmux", "kill-server"]);
    await box.kill("work");
    await box.ok(["host", "stop"]);
    await box.ok(["start", "--name", "later", "--", "sleep", "1000"], other);
    expect((await box.inspect("later")).paths.socket).toStartWith(other.env.BIDE_RUNTIME_DIR);
  });
}

test("the directory with the sockets open to others, nobody goes there and the host is named; kill, delete, restart and shutdown end the sessions", async () => {
  await using box = sandbox();
  const other = elsewhere(box);
  const names = ["killed", "deleted", "restarted", "left"];
  const sessions = await Promise.all(names.map((name) => box.start(name, ["sleep", "1000"])));
  const host = await hostPid(box);
  chmodSync(join(box.root, "run"), 0o755);
  expect(await box.run(["list"], other)).toMatchObject({ code: 69, stderr: expect.stringContaining(`pid ${host}`) });
  process.kill(host, "SIGTERM");
  await until("the host has ended", () => !isRunning(host));
  const listed = await box.json(["list"], other);
  expect(listed.sessions.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
  for (const words of [
    ["screen", "left"],
    ["history", "left"],
    ["send", "left", "x"],
    ["run", "left", "--", "true"],
  ]) {
    const unreachable = { code: 69, stderr: expect.stringContaining("cannot be reached") };
    expect(await box.run(words, other)).toMatchObject(unreachable);
  }
  await box.ok(["kill", "killed", "restarted"], other);
  await box.ok(["delete", "--kill", "deleted"], other);
  await box.ok(["restart", "restarted"], other);
  await box.ok(["shutdown", "--force"], other);
  for (const { child_pid } of sessions) expect(isRunning(child_pid ?? 0)).toBe(false);
});
