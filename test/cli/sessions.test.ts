// Making, finding, describing and ending sessions from the command line.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

test("start, what it prints and what it inherits from the caller", async () => {
  await using box = shared();
  const program = 'pwd; umask; echo "$MARK $A"; test -n "$BIDE_SESSION_TOKEN" && echo $BIDE_SESSION; stty size';
  const printed = await box.ok(
    ["start", "-n", "x", "-e", "A=b c", "--size", "101x31", "--", "sh", "-c", `${program}; exec sleep 1000`],
    { env: { MARK: "caller" }, cwd: box.home },
  );
  const session = (await box.json(["status", "x"])).session;
  expect(printed).toBe(`x\t${session.pane_id}\t${session.session_id}\n`);
  const output = await box.printed("x", "31 101");
  const umask = process.umask().toString(8).padStart(4, "0");
  expect(output.replaceAll("\r", "")).toBe(`${box.home}\n${umask}\ncaller b c\nx\n31 101\n`);
});

test("--cwd, workspace and links, paths as the caller meant them", async () => {
  await using box = sandbox();
  mkdirSync(join(box.root, "project"));
  symlinkSync("project", join(box.root, "link"));
  const session = await box.start("x", ["sleep", "1000"], ["--cwd", "home", "--workspace", "link", "--role", "agent"]);
  expect(session).toMatchObject({ cwd: box.home, workspace: join(box.root, "project"), role: "agent" });
  const found = await box.json(["status", "--workspace", "project", "--role", "agent"]);
  expect(found.session.session_id).toBe(session.session_id);
});

test("a session by name, id, beginning of the id and pane, the same one", async () => {
  await using box = shared();
  const { session_id, pane_id } = await box.start("x", ["sleep", "1000"]);
  for (const sel of ["x", session_id, session_id.toUpperCase(), session_id.slice(0, 8), pane_id]) {
    expect((await box.json(["status", sel])).session.session_id).toBe(session_id);
  }
  expect((await box.run(["status", "y"])).code).toBe(3);
  expect((await box.run(["status", "."])).code).toBe(3);
  const inside = { env: { BIDE_SESSION_ID: session_id } };
  expect((await box.json(["status", "."], inside)).session.session_id).toBe(session_id);
});

test("BIDE_SESSION_PREFIX, put before every name and before nothing else", async () => {
  await using box = sandbox();
  const prefixed = { env: { BIDE_SESSION_PREFIX: "d." } };
  await box.ok(["start", "-n", "x", "--", "sleep", "1000"], prefixed);
  expect(await box.ok(["list", "--short"])).toBe("d.x\n");
  const { session } = await box.json(["status", "x"], prefixed);
  expect((await box.json(["status", session.session_id], prefixed)).session.name).toBe("d.x");
  await box.ok(["rename", "x", "y"], prefixed);
  expect(await box.ok(["list", "--short"])).toBe("d.y\n");
  await box.ok(["kill", "*"], prefixed);
  expect(await box.ok(["list", "--short"])).toBe("");
});

test("list, by label, role and state, with ended ones only when asked", async () => {
  await using box = sandbox();
  await box.start("a", ["sleep", "1000"], ["-l", "k=1"]);
  await box.start("b", ["sleep", "1000"], ["--role", "agent"]);
  await box.start("c", ["true"]);
  await box.event("c", (event) => event.event === "exited");
  const names = async (...flags: string[]) => (await box.ok(["list", "--short", ...flags])).split("\n").filter(Boolean);
  expect(await names()).toEqual(["a", "b"]);
  expect(await names("--all")).toEqual(["a", "b", "c"]);
  expect(await names("--label", "k=1")).toEqual(["a"]);
  expect(await names("--role", "agent")).toEqual(["b"]);
  expect(await names("--state", "exited")).toEqual(["c"]);
  // An agent's own state may stand behind its session's.
  expect((await box.ok(["list", "--label", "k=1"])).split("\n")[0]).toBe(
    `NAME  PANE  STATE    CLIENTS  AGE  IDLE  CWD${" ".repeat(box.root.length - 1)}COMMAND`,
  );
});

test("rename, label, theme and resize, seen by everybody at once", async () => {
  await using box = shared();
  await box.start("x", ["sleep", "1000"], ["-l", "old=1"]);
  await box.start("z", ["sleep", "1000"]);
  expect((await box.run(["rename", "x", "z"])).code).toBe(4);
  expect((await box.json(["rename", "x", "y"])).session.name).toBe("y");
  expect((await box.json(["label", "y", "k=v w", "old="])).session.labels).toEqual({ k: "v w" });
  expect(await box.ok(["label", "y"])).toBe("k=v w\n");
  // The last word about a key counts.
  expect((await box.json(["label", "y", "k=", "k=x", "l=1", "l="])).session.labels).toEqual({ k: "x" });
  expect((await box.json(["theme", "y", "amber"])).session.status_theme).toBe("amber");
  expect((await box.json(["theme", "y", "none"])).session.status_theme).toBeNull();
  expect((await box.json(["resize", "y", "100x30"])).session).toMatchObject({ cols: 100, rows: 30 });
  expect((await box.json(["resize", "y", "--cols", "90"])).session).toMatchObject({ cols: 90, rows: 30 });
  for (const size of [["0x10"], ["1001x1"], ["--rows", "0"], [], ["80x24", "--cols", "3"]]) {
    expect((await box.run(["resize", "y", ...size])).code).toBe(2);
  }
  const labelled = await box.json(["label", "*", "all=1"]);
  expect(labelled.sessions).toHaveLength(2);
});

test("stop and kill of several, all done, each failure told, the first failure's exit code", async () => {
  await using box = shared();
  for (const name of ["a1", "a2", "b"]) await box.start(name, ["sleep", "1000"]);
  const stopped = await box.run(["stop", "nobody", "a*"]);
  expect(stopped.code).toBe(3);
  expect(stopped.stderr).toContain('no session matches "nobody"');
  expect(await box.ok(["list", "--short"])).toBe("b\n");
  const again = await box.run(["stop", "a1"]);
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("already ended")]);
  expect((await box.json(["kill", "b"])).session.state).toBe("killed");
  expect((await box.run(["resize", "b", "80x24"])).code).toBe(4);
  expect((await box.run(["send", "b", "x"])).code).toBe(4);
  expect((await box.run(["attach", "b"])).code).toBe(4);
  expect((await box.run(["detach", "b"])).code).toBe(0);
});

test("delete of a pattern with --purge, the ended ones, and the archived ones where it means no other", async () => {
  await using box = sandbox();
  const ended = async (name: string) => {
    const { session_id } = await box.start(name, ["true"]);
    await box.event(name, (event) => event.event === "exited");
    return session_id;
  };
  const archived = [await ended("job-1"), await ended("job-2")];
  await box.ok(["delete", "job-*"]);
  // Archiving again would do nothing.
  expect((await box.run(["delete", "job-*"])).code).toBe(3);
  const third = await ended("job-3");
  const purge = async () =>
    (await box.json(["delete", "job-*", "--purge"])).deleted.map((one: { session_id: string }) => one.session_id);
  expect(await purge()).toEqual([third]);
  expect((await purge()).sort()).toEqual(archived.sort());
  expect((await box.run(["delete", "job-*", "--purge"])).code).toBe(3);
});

test("delete, archived and still readable, purged and gone; restart, the same session again", async () => {
  await using box = sandbox();
  const { session_id } = await box.start("x", ["sh", "-c", "echo life; read line; echo bye"]);
  expect((await box.run(["delete", "x"])).code).toBe(4);
  expect((await box.run(["restart", "x"])).code).toBe(4);
  await box.ok(["send", "x", "--enter"]);
  await box.event("x", (event) => event.event === "exited");
  expect((await box.json(["restart", "x"])).session).toMatchObject({ session_id, name: "x", state: "running" });
  await box.printed("x", "bye\r\nlife\r\n");
  await box.ok(["kill", "x"]);
  expect((await box.json(["delete", "x"])).deleted).toEqual([{ session_id, archived: true, purged: false }]);
  expect((await box.ok(["logs", session_id])).split("\n").filter((line) => line === "life")).toHaveLength(2);
  expect((await box.json(["list", "--archived"])).sessions).toHaveLength(1);
  expect((await box.json(["list", "--archived", "--all"])).sessions).toHaveLength(
    1 + (await box.json(["list", "--all"])).sessions.length,
  );
  expect(await box.run(["delete", "nobody", "--json"])).toMatchObject({ code: 3, stdout: "" });
  expect((await box.json(["delete", session_id, "--purge"])).deleted).toEqual([
    { session_id, archived: false, purged: true },
  ]);
  expect((await box.run(["status", session_id])).code).toBe(3);
});

test("delete of sessions that several selectors mean, each once; of others the rest is done", async () => {
  await using box = shared();
  const ended = async (name: string) => {
    const { session_id } = await box.start(name, ["true"]);
    await box.event(name, (event) => event.event === "exited");
    return session_id;
  };
  for (const words of [
    ["x", "x"],
    ["x", "x*"],
    ["x*", "x", "x"],
  ]) {
    const session_id = await ended("x");
    const { deleted } = await box.json(["delete", ...words, "--purge"]);
    expect(deleted).toEqual([{ session_id, archived: false, purged: true }]);
  }
  await ended("x");
  await ended("y");
  await box.start("live", ["sleep", "1000"]);
  const { code, stderr } = await box.run(["delete", "x", "nobody", "live", "y"]);
  expect(code).toBe(3);
  for (const told of ["x: 1 archived", 'no session matches "nobody"', "live is running", "y: 1 archived"]) {
    expect(stderr).toContain(told);
  }
  expect(await box.ok(["list", "--all", "--short"])).toBe("live\n");
});

test("host status and stop, the host ends and its sessions go on", async () => {
  await using box = sandbox();
  const { worker_pid } = await box.start("x", ["sleep", "1000"]);
  const { host } = await box.json(["host", "status"]);
  expect(host).toMatchObject({ state_dir: box.stateDir, sessions: 1 });
  await box.ok(["host", "stop"]);
  expect((await box.run(["host", "status"])).code).toBe(69);
  expect((await box.json(["status", "x"])).session).toMatchObject({ state: "running", worker_pid });
  const ended = await box.json(["shutdown"]);
  expect(ended.sessions).toHaveLength(1);
  expect((await box.run(["host", "status"])).code).toBe(69);
});

test("host run in the foreground, answers until it is told to end", async () => {
  await using box = sandbox();
  const host = box.spawn(["host", "run"]);
  // Only this verb asks without starting a host of its own.
  while ((await box.run(["host", "status"])).code !== 0);
  expect((await box.json(["status"])).host.pid).toBe(host.pid);
  host.signal("SIGTERM");
  expect((await host.finished).code).toBe(0);
});
