// A host that dies between its word to a worker and the worker's answer: whoever asked is told that the start failed, and
// the next host may have looked for sessions before this one had a record. So it must not go on unseen.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Launch } from "../../src/protocol/launch.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { isRunning } from "./processes.ts";

setDefaultTimeout(60_000);

async function launchOf(box: Sandbox, argv: string[]): Promise<Launch> {
  const id = crypto.randomUUID();
  await box.start("other", ["cat"]);
  const { paths } = await box.json(["inspect", "other"]);
  const directory = join(box.stateDir, "sessions", id);
  mkdirSync(directory, { mode: 0o700 });
  return {
    session_id: id,
    name: "unheard",
    pane_id: "%7",
    directory,
    socket: join(dirname(paths.socket), `${id.slice(0, 12)}.sock`),
    argv,
    env: { ...box.env },
    cwd: box.root,
    umask: 0o022,
    rows: 24,
    cols: 80,
    role: "shell",
    workspace: null,
    labels: {},
    monitor: "none",
    status_theme: null,
    parent_session_id: null,
    token_hash: "",
    shell_integration: true,
    created_at: new Date().toISOString(),
    restart: false,
    keep_screen: true,
  };
}

for (const heard of [false, true]) {
  test(`a worker whose answer is ${heard ? "taken" : "taken by nobody"}, its program ${heard ? "goes on" : "is ended and recorded as killed"}`, async () => {
    await using box = sandbox();
    const launch = await launchOf(box, ["sh", "-c", "echo $$ > program; exec sleep 1000"]);
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
    const { session } = await box.json(["status", launch.session_id]);
    expect(session).toMatchObject({ name: "unheard", state: heard ? "running" : "killed" });
    if (heard) await box.ok(["kill", "unheard"]);
    else expect(isRunning(Number(readFileSync(join(box.root, "program"), "utf8")))).toBe(false);
    await worker.exited;
  });
}
