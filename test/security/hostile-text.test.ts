// Fault S6: escape sequences in everything that a program, a caller or a damaged record can name. Nothing but printable
// text reaches the terminal from any command, on standard output or standard error; in JSON it is escaped and intact.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gone, until } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** A title, a colour in C1, an APC, a clear, text that runs backwards, a line that pretends to be another one. */
const EVIL = "\x1b]0;pwned\x07\u009b31m\x1b_apc\x1b\\\x1b[2J\u202etxt.exe\r\nok\u2066\u200f";
/** Printable characters and line ends. */
const PLAIN = /^[\n\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u;
const PLAIN_JSON = /^[\n\x20-\x7e]*$/;

test("names, directories, arguments, titles, labels and roles full of escapes, plain text in every command", async () => {
  await using box = sandbox();
  const cwd = join(box.root, EVIL.replaceAll("/", ""));
  mkdirSync(cwd);
  const title = `printf '\\033]2;%s\\007' "$2"; printf '%s\\n' "$1"; cat`;
  const argv = ["sh", "-c", title, "sh", EVIL, EVIL.replaceAll(/[\x07\x1b]/g, "")];
  const flags = ["--label", `key=${EVIL}`, "--role", "shell", "--cwd", cwd, "--workspace", cwd, "-e", `EVIL=${EVIL}`];
  const session = await box.start("evil", argv, flags);
  await box.event("evil", ({ event }) => event === "output");
  const commands = [
    ["list"],
    ["status", "evil"],
    ["inspect", "evil"],
    ["label", "evil"],
    ["ps"],
    ["events", "evil"],
    ["logs", "evil"],
    ["screen", "evil"],
    ["history", "evil"],
    ["doctor"],
    ["__complete", "any"],
    ["history", "evil", "--json"],
  ];
  for (const args of commands) {
    const { code, stdout, stderr } = await box.run(args, { env: { FORCE_COLOR: "0" } });
    expect([args, code, stdout, stderr]).toEqual([args, 0, expect.stringMatching(PLAIN), ""]);
  }
  for (const args of commands.filter(([verb = ""]) => !["history", "__complete"].includes(verb))) {
    const output = await box.ok([...args, "--json"]);
    expect([args, output]).toEqual([args, expect.stringMatching(PLAIN_JSON)]);
  }
  const following = box.spawn(["tail", "evil", "-n", "5"], { env: { FORCE_COLOR: "0" } });
  expect(await following.says("ok")).toMatch(PLAIN);
  await following.end();
  const { session: shown } = await box.json(["status", "evil"]);
  expect(shown).toMatchObject({ cwd, workspace: cwd, argv, labels: { key: EVIL } });
  expect(shown.session_id).toBe(session.session_id);
});

test("errors about hostile words, plain text on the terminal and in JSON", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  const words = EVIL.replaceAll("/", "");
  for (const args of [
    ["status", words],
    [words],
    ["list", `--${words}`],
    ["start", "--cwd", `/no/${words}`, "--", "cat"],
    ["start", "--", `/no/such/${words}`],
    ["start", "--size", words],
    ["start", "--label", words],
    ["send", "x", "--key", words],
    ["logs", "x", "--tail", words],
    ["wait", words],
    ["doctor", "--repair", words],
    ["attach", "x", "--detach-key", words],
  ]) {
    const { code, stdout, stderr } = await box.run(args, { env: { FORCE_COLOR: "0" } });
    expect(code).toBeGreaterThan(0);
    expect([args, stdout, stderr]).toEqual([args, "", expect.stringMatching(PLAIN)]);
    expect(stderr).not.toBe("");
  }
  const { stderr } = await box.run(["status", words, "--json"]);
  expect(stderr).toMatch(PLAIN_JSON);
  expect(JSON.parse(stderr).error.message).toContain("pwned");
});

test("a record that somebody filled with escapes, plain text in the lists, the doctor and the completion", async () => {
  await using box = sandbox();
  await box.start("victim", ["true"]);
  const { paths } = await until("it has ended", async () => {
    const inspected = await box.json(["inspect", "victim"]);
    return inspected.session.worker_pid === null && inspected;
  });
  const { pid } = (await box.json(["host", "status"])).host;
  await box.ok(["host", "stop"]);
  await gone(pid);
  const meta = JSON.parse(readFileSync(paths.meta, "utf8"));
  Object.assign(meta.session, {
    name: EVIL,
    role: EVIL,
    title: EVIL,
    cwd: EVIL,
    status_theme: EVIL,
    agent_state: EVIL,
  });
  writeFileSync(paths.meta, JSON.stringify(meta));
  mkdirSync(join(box.stateDir, "sessions", EVIL.replaceAll("/", "")), { mode: 0o700 });
  for (const args of [["list", "--all"], ["status", meta.session.session_id], ["doctor"], ["__complete", "any"]]) {
    const { stdout, stderr } = await box.run(args, { env: { FORCE_COLOR: "0" } });
    expect([args, stdout, stderr]).toEqual([args, expect.stringMatching(PLAIN), expect.stringMatching(PLAIN)]);
  }
  expect(await box.ok(["__complete", "any"])).toBe("");
  expect(await box.ok(["list", "--all", "--json"])).toMatch(PLAIN_JSON);
  expect((await box.run(["doctor", "--json"])).stdout).toMatch(PLAIN_JSON);
});
