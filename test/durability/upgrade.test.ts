// Case U1: bide is replaced by another build while twenty sessions run (fewer in `npm test`). All of them go on with the
// worker that they have, the new command line works with all of them, and each build reads what the other has written.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { VERSION } from "../../src/base/version.ts";
import { connect } from "../../src/client/index.ts";
import { killHost } from "../lifecycle/bide-commands.ts";
import { isRunning, until } from "../lifecycle/processes.ts";
import { QUIET } from "../lifecycle/real-programs.ts";
import { agree, TerminalWindow } from "../lifecycle/terminal-window.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(240_000);

const OLD = "0.0.7";
const SESSIONS = amount(5, 20);
const place = mkdtempSync(join(tmpdir(), "u-"));
const installed = join(place, "bin/bide");
const older = join(place, "old/bide");

beforeAll(() => {
  const build = resolve(import.meta.dir, "../../scripts/build.ts");
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, build, "--out", join(place, "old"), "--version", OLD]);
  if (exitCode !== 0) throw new Error(`the build failed: ${stderr}`);
  mkdirSync(join(place, "bin"));
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

test(`an upgrade with ${SESSIONS} live sessions, all go on as they are and the new build works with all of them`, async () => {
  await using box = sandbox();
  install(older);
  const env = { ...box.env, ...QUIET };
  const old = (...args: string[]) => succeed([installed, ...args], env, box.home);
  expect(old("version")).toContain(OLD);
  const shell = ["bash", "--norc", "--noprofile", "-i"];
  const work = JSON.parse(old("start", "-n", "work", "--size", "80x24", "--json", "--", ...shell)).session;
  await using uninterrupted = new TerminalWindow(shell, { env, cwd: box.home });
  await using staying = new TerminalWindow([installed, "attach", "work"], { env, cwd: box.home });
  for (const window of [uninterrupted, staying]) {
    await window.shows("ready>");
    window.type("mark=kept; seq 1 50; echo unfin");
  }
  const bide = await connect({ env: box.env, startHost: false });
  for (let count = 1; count < SESSIONS; count += 1) {
    const given = { env: box.env, cwd: "/", umask: 0o22, rows: 24, cols: 80 };
    await bide.request("session.start", { ...given, name: `s${count}`, argv: ["sh", "-c", "echo printed; exec cat"] });
  }
  expect(bide.host.version).toBe(OLD);
  bide.close();
  const before = (await box.json(["list"])).sessions;
  expect(before).toHaveLength(SESSIONS);

  // The upgrade: another file in the place of the one that runs.
  const wrapper = join(place, "new");
  writeFileSync(wrapper, `#!/bin/sh\nexec ${BIDE} "$@"\n`, { mode: 0o755 });
  renameSync(wrapper, installed);
  expect(old("version")).toContain(VERSION);

  // First with the old host, which goes on; then with a new one.
  const warned = await box.run(["status", "s1"]);
  expect([warned.code, warned.stderr]).toEqual([0, expect.stringContaining(OLD)]);
  await newBuildWorks(box, "s1", "s2");
  await box.start("by-old-host", ["cat"]);
  expect((await box.run(["host", "run"])).code).toBe(4);
  await killHost(box);
  await newBuildWorks(box, "s3", "s4");
  expect((await box.json(["status"])).host.version).toBe(VERSION);
  expect(Bun.spawnSync([older, "host", "run"], { env: box.env }).exitCode).toBe(4);

  // The client of the old build never noticed, and a new one sees the same.
  for (const window of [uninterrupted, staying]) window.type("ished $mark\r");
  await staying.shows(/^unfinished kept$/m);
  await agree(staying, uninterrupted);
  await using window = new TerminalWindow([installed, "attach", "work"], { env, cwd: box.home });
  await agree(window, uninterrupted);
  for (const one of [uninterrupted, window]) one.type("echo $((6 * 7))\r");
  await window.shows(/^42$/m);
  await agree(window, uninterrupted);

  const { sessions } = await box.json(["list"]);
  const pids = new Map(sessions.map((one: typeof work) => [one.session_id, one.child_pid]));
  for (const one of before.filter(({ name }: { name: string }) => !["s2", "s4"].includes(name))) {
    expect(pids.get(one.session_id)).toBe(one.child_pid);
    expect(isRunning(one.child_pid)).toBe(true);
    expect(workerVersion(box, one.session_id)).toBe(OLD);
  }
});

test("sessions of both builds and hosts of both in turn, each reads and ends what the other wrote", async () => {
  await using box = sandbox();
  const old = (...args: string[]) => succeed([older, ...args], box.env, box.home);
  const oldOne = JSON.parse(old("start", "-n", "old", "--json", "--", "sh", "-c", "echo by old; exec cat")).session;
  old("start", "-n", "ended", "--", "sh", "-c", "echo last words; exit 3");
  await box.event("ended", (event) => event.event === "exited");
  await killHost(box);
  const newOne = await box.start("new", ["sh", "-c", "echo by new; exec cat"], ["-l", "k=v"]);
  expect(workerVersion(box, newOne.session_id)).toBe(VERSION);
  expect(await box.ok(["logs", "ended"])).toBe("last words\n");
  // Downgraded: a host of the old build finds the sessions of the new one.
  await killHost(box);
  const listed = JSON.parse(old("list", "--all", "--json")).sessions;
  expect(listed.map((one: { name: string; state: string }) => [one.name, one.state]).sort()).toEqual([
    ["ended", "exited"],
    ["new", "running"],
    ["old", "running"],
  ]);
  expect(JSON.parse(old("status", "--json")).host.version).toBe(OLD);
  expect(old("logs", "new")).toBe("by new\n");
  old("label", "new", "k=w");
  old("stop", "new");
  expect(isRunning(newOne.child_pid ?? 0)).toBe(false);
  await killHost(box);
  expect((await box.json(["status", "new"])).session).toMatchObject({ state: "exited", labels: { k: "w" } });
  await box.ok(["stop", "old"]);
  expect(isRunning(oldOne.child_pid)).toBe(false);
  // Restarting is what moves a session to the new build.
  for (const name of ["old", "ended"]) {
    const { session } = await box.json(["restart", name]);
    expect(workerVersion(box, session.session_id)).toBe(VERSION);
  }
  await until("both lives are in its log", async () => /by old.*by old/s.test(await box.ok(["logs", "old"])));
});

/** Everything that the new build must be able to do with sessions of the old one: `ends` is stopped. */
async function newBuildWorks(box: Sandbox, goesOn: string, ends: string): Promise<void> {
  expect((await box.json(["list"])).sessions.length).toBeGreaterThanOrEqual(SESSIONS - 1);
  await box.ok(["send", goesOn, "typed", "--enter"]);
  await box.printed(goesOn, "typed\r\ntyped\r\n");
  expect(await box.ok(["screen", goesOn])).toStartWith("printed\ntyped\ntyped\n");
  expect(await box.ok(["history", goesOn])).toStartWith("printed\n");
  await box.ok(["label", goesOn, "by=new"]);
  await box.ok(["resize", goesOn, "90x30"]);
  const client = box.spawn(["attach", goesOn]);
  await client.says("printed");
  await client.finishInput("by attach\n");
  expect((await client.finished).code).toBe(0);
  await box.printed(goesOn, "by attach\r\nby attach\r\n");
  await box.ok(["rename", goesOn, `${goesOn}-renamed`]);
  expect((await box.json(["stop", ends])).session).toMatchObject({ state: "exited", exit_signal: "SIGINT" });
  expect(await box.ok(["logs", ends])).toStartWith("printed\n");
  expect(await box.ok(["events", ends])).toContain("exited");
}

/** The installed bide is this one now; a file that runs can be replaced, not written to. */
function install(executable: string): void {
  const copy = join(place, "copy");
  writeFileSync(copy, readFileSync(executable), { mode: 0o755 });
  renameSync(copy, installed);
}

function workerVersion(box: Sandbox, id: string): string {
  return JSON.parse(readFileSync(join(box.stateDir, "sessions", id, "worker.json"), "utf8")).version;
}

function succeed(command: string[], env: Record<string, string>, cwd: string): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, { cwd, env });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout.toString();
}
