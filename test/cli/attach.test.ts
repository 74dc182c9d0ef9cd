// `attach`, `open` and `detach` through the command line, without a terminal and inside a session. A session of a
// second sandbox serves as the terminal that a person sits at.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Runs `bide ARGS` of `box` in a terminal of `outer`, as somebody who sits outside of any session. */
async function sitAt(outer: Sandbox, box: Sandbox, name: string, args: readonly string[]): Promise<void> {
  const unset = ["BIDE_SESSION", "BIDE_SESSION_ID", "BIDE_SESSION_TOKEN", "BIDE_PANE"].flatMap((key) => ["-u", key]);
  const set = Object.entries(box.env).map(([key, value]) => `${key}=${value}`);
  await outer.start(name, ["env", ...unset, ...set, BIDE, ...args]);
}

test("without a terminal, input is typed, output is streamed, the end of input detaches", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", "stty -echo; echo ready; read line; echo got $line; exec sleep 1000"]);
  const attached = box.spawn(["attach", "x"]);
  await attached.says("ready");
  await attached.type("hello\n");
  await attached.says("got hello");
  await attached.finishInput("");
  expect((await attached.finished).code).toBe(0);
  expect(await box.session("x")).toMatchObject({ state: "running", attached_clients: 0 });
});

test("open, creates once and attaches ever after, and ends with the program's own code", async () => {
  await using box = sandbox();
  const first = box.spawn(["open", "x", "--", "sh", "-c", "stty -echo; echo ready; read line; exit 7"]);
  await first.says("ready");
  const second = box.spawn(["open", "x", "--", "false"]);
  await second.says("ready");
  expect(await box.ok(["list", "--short"])).toBe("x\n");
  await box.ok(["send", "x", "--enter", "--force"]);
  expect((await first.finished).code).toBe(7);
  expect((await second.finished).code).toBe(7);
});

test("open and start --attach of a program that ends at once, its output and its own exit code", async () => {
  await using box = shared();
  for (const verb of [
    ["open", "x"],
    ["start", "--attach", "--name", "y"],
  ]) {
    const opened = box.spawn([...verb, "--", "sh", "-c", "echo printed; exit 9"]);
    expect(await opened.finished).toMatchObject({ code: 9, stdout: expect.stringContaining("printed"), stderr: "" });
  }
});

test("open, start --attach and an agent with flags or a configuration that are wrong, no session is created", async () => {
  await using box = shared();
  const program = ["--", "sleep", "1000"];
  for (const flags of [
    ["--detach-key", "bogus"],
    ["--status", "--no-status"],
    ["-r", "--take"],
    ["--raw", "--status"],
  ]) {
    expect((await box.run(["open", "x", ...flags, ...program])).code).toBe(2);
  }
  expect((await box.run(["agent", "sleep", "--status", "--no-status", ...program])).code).toBe(2);
  mkdirSync(join(box.home, ".config/bide"), { recursive: true });
  writeFileSync(join(box.home, ".config/bide/config.toml"), '[attach]\ndetach_key = "bogus"\n');
  for (const verb of [
    ["open", "x"],
    ["start", "--attach"],
    ["agent", "sleep"],
  ]) {
    expect([verb, (await box.run([...verb, ...program])).code]).toEqual([verb, 78]);
  }
  expect((await box.json(["list", "--all"])).sessions).toEqual([]);
});

test("ten opens of one name at once, one session", async () => {
  await using box = sandbox();
  const opened = Array.from({ length: 10 }, () =>
    box.spawn(["open", "x", "--", "sh", "-c", "echo ready; exec sleep 1000"]),
  );
  await Promise.all(opened.map((one) => one.says("ready")));
  expect((await box.json(["list", "--all"])).sessions).toHaveLength(1);
  await box.kill("x");
  for (const one of opened) expect((await one.finished).code).toBe(137);
});

test("send while a client owns input, 5 unless forced; detach, everybody leaves", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", "echo ready; exec sleep 1000"]);
  const attached = box.spawn(["attach", "x"]);
  await attached.says("ready");
  await box.event("x", (event) => event.event === "attached");
  expect((await box.run(["send", "x", "a"])).code).toBe(5);
  expect((await box.run(["send", "x", "a", "--force"])).code).toBe(0);
  expect((await box.json(["detach", "x"])).detached).toBe(1);
  expect((await attached.finished).code).toBe(0);
  expect((await box.json(["detach", "x"])).detached).toBe(0);
  const { session_id } = (await box.json(["status", "x"])).session;
  expect((await box.run(["detach", session_id])).stderr).toBe("nobody is attached to x\n");
});

test("attach inside a session, the client is switched and nothing is nested", async () => {
  await using box = sandbox();
  await using outer = sandbox();
  await box.start("a", ["sh"]);
  await box.start("b", ["sh", "-c", "echo this is b; exec sh"]);
  await sitAt(outer, box, "seat", ["attach", "a"]);
  await box.event("a", (event) => event.event === "attached");
  await outer.ok(["send", "seat", 'bide() { "$BIDE_BIN" "$@"; }; echo defined=$BIDE_SESSION', "--enter"]);
  await outer.printed("seat", "defined=a");
  await outer.ok(["send", "seat", "bide attach b; echo switched=$?", "--enter"]);
  await outer.printed("seat", "this is b");
  await box.printed("a", "switched=0");
  expect((await box.session("a")).attached_clients).toBe(0);
  expect((await box.session("b")).attached_clients).toBe(1);
  // Back, by pane, with the same client still there.
  await outer.ok(["send", "seat", '"$BIDE_BIN" attach %0', "--enter"]);
  await box.event("b", (event) => event.event === "detached");
  expect((await outer.json(["status", "seat"])).session.state).toBe("running");
});

test("attach inside a session to itself, or without a client there, refused instead of nested", async () => {
  await using box = sandbox();
  await box.start("a", ["sh"]);
  await box.start("b", ["sleep", "1000"]);
  await box.type("a", '"$BIDE_BIN" attach b; echo code=$?\r');
  await box.printed("a", "code=5");
  await box.type("a", '"$BIDE_BIN" attach a; echo self=$?\r');
  await box.printed("a", "self=2");
  expect((await box.session("b")).attached_clients).toBe(0);
  // Nor is one created that nobody could see.
  await box.type("a", '"$BIDE_BIN" open c -- sleep 1000; echo open=$?\r');
  await box.printed("a", "open=5");
  expect(await box.ok(["list", "--all", "--short"])).toBe("a\nb\n");
});

test("an environment that leaked into another terminal, that terminal attaches and nobody is moved", async () => {
  await using box = shared();
  await using outer = sandbox();
  const a = await box.start("a", ["sh", "-c", "echo this is a; exec sleep 1000"]);
  await box.start("b", ["sh", "-c", "echo this is b; exec sleep 1000"]);
  await sitAt(outer, box, "first", ["attach", "a"]);
  await outer.printed("first", "this is a");
  const set = Object.entries({ ...box.env, BIDE_SESSION_ID: a.session_id }).map(([key, value]) => `${key}=${value}`);
  await outer.start("second", ["env", ...set, BIDE, "attach", "b"]);
  await outer.printed("second", "this is b");
  expect((await box.session("a")).attached_clients).toBe(1);
});

test("start inside a session, a child; with a forged token, 5; --detached-child, independent", async () => {
  await using box = sandbox();
  const parent = await box.start("a", ["sh"]);
  await box.type("a", '"$BIDE_BIN" start -n child -- sleep 1000; echo code=$?\r');
  await box.printed("a", "code=0");
  expect((await box.session("child")).parent_session_id).toBe(parent.session_id);
  expect(await box.ok(["list", "--short"])).toBe("a\n");
  expect(await box.ok(["list", "--short", "--children"])).toBe("child\n");
  const forged = { env: { BIDE_SESSION_ID: parent.session_id, BIDE_SESSION_TOKEN: "guess" } };
  expect((await box.run(["start", "-n", "x", "--", "sleep", "1000"], forged)).code).toBe(5);
  expect((await box.run(["start", "-n", "y", "--detached-child", "--", "sleep", "1000"], forged)).code).toBe(0);
});
