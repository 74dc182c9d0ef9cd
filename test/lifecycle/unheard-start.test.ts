// A host that dies between its word to a worker and the worker's answer: whoever asked is told that the start failed, and
// the next host may have looked for sessions before this one had a record. So it must not go on unseen.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Launch } from "../../src/protocol/launch.ts";
import { sampleLaunch } from "../../src/session/rehearsal.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { isRunning } from "./processes.ts";

setDefaultTimeout(60_000);

async function launchOf(box: Sandbox, argv: string[]): Promise<Launch> {
  const launch = sampleLaunch();
  const id = launch.session_id;
  await box.start("other", ["cat"]);
  const { paths } = await box.inspect("other");
  const directory = join(box.stateDir, "sessions", id);
  mkdirSync(directory, { mode: 0o700 });
  const socket = join(dirname(paths.socket), `${id.slice(0, 12)}.sock`);
  return { ...launch, name: "unheard", pane_id: "%7", directory, socket, argv, env: { ...box.env }, cwd: box.root };
}

for (const heard of [false, true]) {
  test(`a worker whose answer is ${heard ? "taken" : "taken by nobody"}, its program ${heard ? "goes on" : "is ended and recorded as killed"}`, async () => {
    await using box = sandbox();
    const launch = await launchOf(box, ["sleep", "1000"]);
    const worker = Bun.spawn([BIDE, "__worker"], { env: box.env, stdin: "pipe", stdout: "pipe", stderr: "inherit" });
    const answer = worker.stdout.getReader();
    // The last reader of a pipe is gone: from now on a write fails, as it does when the host has died.
    if (!heard) await answer.cancel();
    worker.stdin.write(`${JSON.stringify(launch)}\n`);
    await worker.stdin.end();
    if (heard) expect(new TextDecoder().decode((await answer.read()).value)).toContain('"state":"running"');
    else expect(await worker.exited).toBe(0);
    // The next host knows of it either way.
    await box.ok(["host", "stop"]);
    const session = await box.session(launch.session_id);
    expect(session).toMatchObject({
      name: "unheard",
      state: heard ? "running" : "killed",
      child_pid: expect.any(Number),
    });
    if (heard) await box.kill("unheard");
    else expect(isRunning(session.child_pid ?? 0)).toBe(false);
    await worker.exited;
  });
}
