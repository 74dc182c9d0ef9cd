// The rules for every verb: exit codes, errors as text and as JSON, readers that close early, colour, no stray
// host.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BIDE, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

test("verbs that never start a host, nothing on disk afterwards", async () => {
  await using box = sandbox();
  for (const args of [
    ["version"],
    ["--version"],
    ["help"],
    ["help", "start"],
    ["completions", "bash"],
    ["shutdown"],
    [],
  ]) {
    expect((await box.run(args)).code).toBe(0);
  }
  expect((await box.run(["host", "status"])).code).toBe(69);
  expect((await box.run(["host", "stop"])).code).toBe(0);
  expect(existsSync(box.stateDir)).toBe(false);
});

test("usage errors, exit code 2 and a suggestion on standard error only", async () => {
  await using box = sandbox();
  expect(await box.run(["strat"])).toEqual({
    code: 2,
    stdout: "",
    stderr: 'bide: unknown verb "strat"\n  hint: did you mean `bide start`?\n',
  });
  expect((await box.run(["list", "--frob"])).code).toBe(2);
  expect((await box.run(["start", "--size", "0x0"])).code).toBe(2);
  for (const role of ["", "x".repeat(65)]) {
    const { code, stderr } = await box.run(["start", "--role", role, "--", "true"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--role")]);
  }
  for (const args of [
    ["status", "x"],
    ["rename", "x", "y"],
    ["theme", "x", "red"],
  ]) {
    const { code, stderr } = await box.run([...args, "--workspace", ".", "--role", "shell"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("exclude each other")]);
  }
});

test("errors under --json, one line of JSON on standard error", async () => {
  await using box = sandbox();
  for (const [code, exit, args] of [
    ["session_not_found", 3, ["status", "nobody", "--json"]],
    ["usage", 2, ["list", "--frob", "--json"]],
    ["bad_name", 2, ["start", "-n", "../x", "--json"]],
    ["program_not_found", 127, ["start", "-n", "x", "--json", "--", "/no/such/program"]],
    ["bad_cwd", 1, ["start", "-n", "y", "--json", "--cwd", "/no/such/directory", "--", "true"]],
  ] as const) {
    const { code: exitCode, stdout, stderr } = await box.run(args);
    expect([exitCode, stdout]).toEqual([exit, ""]);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stderr).error.code).toBe(code);
  }
});

test("a missing program, 127 at once and a record that stays", async () => {
  await using box = sandbox();
  expect((await box.run(["start", "-n", "x", "--", "no-such-program"])).code).toBe(127);
  const { session } = await box.json(["status", "x"]);
  expect(session).toMatchObject({ state: "failed_start", failure: { code: "program_not_found" } });
});

test("a reader that closes early, exit code 0 and no trace", async () => {
  await using box = sandbox();
  await box.start("flood", ["sh", "-c", "seq 1 200000"]);
  await box.event("flood", (event) => event.event === "exited");
  const script = `"$0" logs flood --json 2>err | head -c 100 >/dev/null; echo "\${PIPESTATUS[0]}"`;
  const shell = Bun.spawnSync(["bash", "-c", script, BIDE], { cwd: box.root, env: box.env });
  expect(shell.stdout.toString()).toBe("0\n");
  expect(await Bun.file(join(box.root, "err")).text()).toBe("");
});

test("a full standard output, a failure that says so", async () => {
  await using box = sandbox();
  const shell = Bun.spawnSync(["bash", "-c", '"$0" help > /dev/full', BIDE], { env: box.env });
  expect(shell.exitCode).toBe(1);
  expect(shell.stderr.toString()).toContain("cannot write standard output");
  await box.start("x", ["sh", "-c", "echo ready; exec sleep 1000"]);
  await box.printed("x", "ready");
  Bun.spawnSync(["mkfifo", join(box.root, "silent")]);
  for (const input of ["</dev/null", `<>${join(box.root, "silent")}`]) {
    const attach = Bun.spawnSync(["bash", "-c", `"$0" attach x ${input} > /dev/full`, BIDE], { env: box.env });
    expect([input, attach.exitCode]).toEqual([input, 1]);
    expect(attach.stderr.toString()).toContain("cannot write standard output: no space is left");
  }
});

test("hostile titles, labels and arguments, nothing but printable text in tables and JSON", async () => {
  await using box = sandbox();
  const evil = "\x1b]0;pwned\x07\u009b31m\u202eabc";
  await box.start(
    "evil",
    ["sh", "-c", `printf '\\033]2;a\\302\\233b\\007'; exec sleep 1000 # ${evil}`],
    ["-l", `k=${evil}`],
  );
  await box.event("evil", (event) => event.event === "output");
  for (const args of [
    ["list"],
    ["list", "--json"],
    ["status", "evil"],
    ["inspect", "evil"],
    ["inspect", "evil", "--json"],
    ["label", "evil"],
  ]) {
    expect(await box.ok(args, { env: { FORCE_COLOR: "0" } })).toMatch(/^[\n\x20-\x7e]*$/);
  }
  expect((await box.json(["status", "evil"])).session.labels.k).toBe(evil);
});

test("FORCE_COLOR colours, NO_COLOR and a pipe do not", async () => {
  await using box = sandbox();
  const help = async (env: Record<string, string>) => (await box.run(["help"], { env })).stdout.includes("\x1b[");
  expect(await help({})).toBe(false);
  expect(await help({ FORCE_COLOR: "1" })).toBe(true);
  expect(await help({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
});
