// Fault D2 for the files that are read long after a session's end: the last screen, the lines above it, the environment.
// Whatever is in them, a command shows what is whole or says which file is damaged; it never takes that for a bug of its
// own, and never shows a screen that was not there.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { killHost } from "../lifecycle/bide-commands.ts";
import { until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

interface Place {
  readonly root: string;
  readonly snapshot: string;
  readonly scrollback: string;
}

async function endedSession(box: Sandbox): Promise<Place> {
  const prints = `printf '\\033[31mred\\033[m\\n'; seq 100; printf 'last line'; exit 3`;
  await box.start("x", ["sh", "-c", prints], ["--size", "40x10"]);
  return until("its worker has ended", async () => {
    const { session, paths } = await box.inspect("x");
    return session.worker_pid === null && paths;
  });
}

/** Cut in many places, and every kind of JSON that is no screen. */
function damagedScreens(whole: string): string[] {
  const { state, rows_ansi } = JSON.parse(whole);
  const pieces = amount(4, 8);
  const cuts = Array.from({ length: pieces }, (_, piece) =>
    whole.slice(0, Math.floor((piece / pieces) * whole.length)),
  );
  const others = [
    null,
    [],
    {},
    "screen",
    { state: null, rows_ansi },
    { state, rows_ansi: 5 },
    { state: { ...state, lines: [null] }, rows_ansi },
    { state: { ...state, lines: "many" }, rows_ansi },
    { state: { ...state, cursor: { row: -1, col: 0, visible: true } }, rows_ansi },
    { state: { ...state, modes: null }, rows_ansi },
  ];
  return [...cuts, ...others.map((value) => JSON.stringify(value))];
}

test("a last screen that is damaged in any way, every command says so and where the output still is", async () => {
  await using box = sandbox();
  const { snapshot } = await endedSession(box);
  const whole = readFileSync(snapshot, "utf8");
  const [first = [], ...others] = [
    ["screen", "x"],
    ["history", "x"],
    ["screen", "x", "--html"],
    ["screen", "x", "--json"],
  ];
  for (const damaged of damagedScreens(whole)) {
    writeFileSync(snapshot, damaged);
    const told = await box.run(first);
    expect([damaged, told.code, told.stdout]).toEqual([damaged, 1, ""]);
    expect(told.stderr).toContain("session x left a screen that is damaged (");
    expect(told.stderr).toContain("hint: `bide logs` shows what it printed");
  }
  for (const args of others) {
    const told = await box.run(args);
    expect([args, told.code, told.stdout]).toEqual([args, 1, ""]);
  }
  expect(await box.ok(["logs", "x", "--tail", "1"])).toBe("last line\n");
  // The rest of the session is there, and its next life begins below what is still known of this one.
  expect(await box.session("x")).toMatchObject({ state: "exited", exit_code: 3 });
  await box.ok(["restart", "x"]);
  await box.event("x", ({ event }) => event === "restarted");
  await until("it has a screen again", async () => (await box.run(["screen", "x"])).code === 0);
  const history = await box.ok(["history", "x"]);
  expect(history).toStartWith("red\n1\n2\n");
  expect(history).toEndWith("100\nlast line\n");
});

test("lines above the last screen that are cut or gone, the screen is as it was", async () => {
  await using box = sandbox();
  const { scrollback } = await endedSession(box);
  const screen = await box.ok(["screen", "x", "--json"]);
  const whole = readFileSync(scrollback);
  for (const bytes of [whole.subarray(0, 7), whole.subarray(0, 0), Buffer.from([0xff, 0xfe, 0x00, 0x1b])]) {
    writeFileSync(scrollback, bytes);
    expect(await box.ok(["screen", "x", "--json"])).toBe(screen);
    expect(await box.ok(["history", "x"])).toEndWith("100\nlast line\n");
  }
});

/** What stands in the place of a file and must be neither followed, waited for nor read to its end. */
function strangersAt(path: string): (() => void)[] {
  return [
    () => void expect(Bun.spawnSync(["mkfifo", path]).exitCode).toBe(0),
    () => symlinkSync("/dev/zero", path),
    () => mkdirSync(path),
    () => {
      writeFileSync(path, "");
      truncateSync(path, 10 * 1024 ** 3);
    },
  ];
}

test("a fifo, a link, a directory or 10 GB in the place of the lines above the last screen, the screen shown and the session restarted", async () => {
  await using box = sandbox();
  const { scrollback } = await endedSession(box);
  const whole = readFileSync(scrollback);
  const screen = await box.ok(["screen", "x", "--json"]);
  for (const put of strangersAt(scrollback)) {
    rmSync(scrollback);
    put();
    expect(await box.ok(["screen", "x", "--json"])).toBe(screen);
    expect(await box.ok(["history", "x"])).toEndWith("100\nlast line\n");
    rmSync(scrollback, { recursive: true });
    writeFileSync(scrollback, whole);
  }
  rmSync(scrollback);
  expect(Bun.spawnSync(["mkfifo", scrollback]).exitCode).toBe(0);
  await box.ok(["restart", "x"]);
  await box.event("x", ({ event }) => event === "restarted");
  await until("it has a screen again", async () => (await box.run(["screen", "x"])).code === 0);
  expect(await box.ok(["history", "x"])).toEndWith("100\nlast line\n");
});

test("a fifo, a link, a directory or 10 GB in the place of host.json, the next command starts a host all the same", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  const record = join(box.stateDir, "host.json");
  for (const put of strangersAt(record)) {
    await killHost(box);
    rmSync(record, { recursive: true });
    put();
    expect((await box.run(["doctor"])).stdout).not.toBe("");
    expect(await box.ok(["list", "--short"])).toBe("x\n");
  }
});

test("an environment that is damaged, restart says which file it is and the session stays as it ended", async () => {
  await using box = sandbox();
  const { root } = await endedSession(box);
  const env = join(root, "env.json");
  const whole = readFileSync(env, "utf8");
  for (const damaged of [whole.slice(0, whole.length / 2), "", "null", "5", '{"A":1}', '{"A":null}']) {
    writeFileSync(env, damaged);
    const told = await box.run(["restart", "x"]);
    expect([damaged, told.code, told.stdout]).toEqual([damaged, 1, ""]);
    expect(told.stderr).toContain(`${env}, which holds the environment of the session, is missing or damaged`);
    expect(await box.session("x")).toMatchObject({ state: "exited", exit_code: 3 });
  }
  writeFileSync(env, whole);
  await box.ok(["restart", "x"]);
});

test("10 GB of nothing behind the events of a session, told by every reader, kept aside by a restart, others served", async () => {
  await using box = sandbox();
  await endedSession(box);
  await box.start("other", ["cat"]);
  const { paths } = await box.json(["inspect", "x"]);
  truncateSync(paths.events, 10 * 1024 ** 3);
  const { pid } = (await box.json(["host", "status"])).host;
  const before = bytesRead(pid);
  const told = await box.run(["events", "x", "--tail", "3"]);
  expect([told.code, told.stdout, told.stderr]).toEqual([1, "", expect.stringContaining(`${paths.events}: 64 MiB`)]);
  expect((await box.json(["status", "other"])).session).toMatchObject({ state: "running" });
  const { checks } = JSON.parse((await box.run(["doctor", "--json"])).stdout);
  expect(checks).toContainEqual(expect.objectContaining({ code: "journal_unreadable", path: paths.events }));
  await box.ok(["delete", "x"]);
  expect(bytesRead(pid) - before).toBeLessThan(500 * 1024 ** 2);
  await box.ok(["restart", "x"]);
  await box.event("x", ({ event }) => event === "restarted");
  expect(await box.ok(["logs", "x"])).toStartWith("red\n1\n2\n");
});

/** By a process, from files. */
function bytesRead(pid: number): number {
  return Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]);
}
