// How sessions begin: programs that cannot be started (fault P12), what a program inherits (P16), and a name that is
// used again the moment it is free (P14).

import { expect, setDefaultTimeout, test } from "bun:test";
import { closeSync, constants, mkdirSync, openSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readWindowSize } from "../../src/attach/tty-calls.ts";
import { connect } from "../../src/client/index.ts";
import { processTable } from "../../src/pty/process-table.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { hostPid } from "./bide-commands.ts";
import { until } from "./processes.ts";
import { SIZE, TerminalWindow } from "./terminal-window.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const ANSWERS = resolve(import.meta.dir, "../programs/pty-answer-lines.sh");

/** Each costs a worker. */
const ROUNDS = amount(4, 50);

test("programs and directories that are wrong, told by start itself, kept as failed_start, and nothing left", async () => {
  await using box = shared();
  writeFileSync(join(box.home, "text"), "no program");
  writeFileSync(join(box.home, "no-interpreter"), "#!/no/such/shell\n", { mode: 0o755 });
  mkdirSync(join(box.home, "directory"));
  const wrong: [name: string, args: string[], exit: number, code: string][] = [
    ["missing", ["--", "no-such-program"], 127, "program_not_found"],
    ["missing-path", ["--", "./no/such"], 127, "program_not_found"],
    ["not-executable", ["--", "./text"], 126, "program_not_executable"],
    ["a-directory", ["--", "./directory"], 126, "program_not_executable"],
    ["no-interpreter", ["--", "./no-interpreter"], 126, "program_not_executable"],
    ["bad-cwd", ["--cwd", "/no/such", "--", "true"], 1, "bad_cwd"],
    ["cwd-a-file", ["--cwd", "text", "--", "true"], 1, "bad_cwd"],
  ];
  for (const [name, args, exit, code] of wrong) {
    const started = await box.run(["start", "--json", "-n", name, ...args], { cwd: box.home });
    expect([name, started.code, JSON.parse(started.stderr).error.code]).toEqual([name, exit, code]);
    const session = await box.session(name);
    expect(session).toMatchObject({ state: "failed_start", failure: { code }, exit_code: exit, child_pid: null });
    expect(await box.ok(["events", name])).toContain("failed_start");
    expect(await box.ok(["inspect", name])).toContain(name);
  }
  expect(await box.ok(["list", "--short"])).toBe("");
  // Their workers are gone, reaped, and with them their terminals: only the spare one is left.
  const host = await hostPid(box);
  await until("only a spare worker is left", () => processTable().filter((row) => row.ppid === host).length <= 1);
  // The name is free, and the record gets another chance.
  writeFileSync(join(box.home, "text"), "#!/bin/sh\nexec cat\n", { mode: 0o755 });
  Bun.spawnSync(["chmod", "755", join(box.home, "text")]);
  expect((await box.json(["restart", "not-executable"])).session).toMatchObject({ state: "running", failure: null });
});

test("a caller with many open files, the program gets three and none of anybody's", async () => {
  await using box = shared();
  const open = "exec 7</dev/null 8>/dev/null 9<>/dev/null";
  // In a subshell, because listing a directory opens it.
  const shows = "(cd /proc/$$/fd && echo fds: * && readlink 0 1 2); exec sleep 1000";
  for (const name of ["cold", "warm"]) {
    const shell = Bun.spawn(["bash", "-c", `${open}; "$0" start -n ${name} -- sh -c "$1"`, BIDE, shows], {
      env: box.env,
    });
    expect(await shell.exited).toBe(0);
    const output = await box.printed(name, "/dev/pts/");
    expect(output).toContain("fds: 0 1 2\r\n");
    await until("all three are said", async () => {
      const tty = (await box.ok(["logs", name])).match(/\/dev\/pts\/\d+/g) ?? [];
      return tty.length === 3 && new Set(tty).size === 1;
    });
  }
});

test("opened in a terminal that tells its pixels, the program has them from the start and gets no SIGWINCH", async () => {
  await using box = shared();
  const pixels = { xpixel: 800, ypixel: 480 };
  const options = { env: box.env, cwd: box.home, ...pixels };
  await using starter = new TerminalWindow([BIDE, "start", "-n", "x", "--", "sh", ANSWERS], options);
  expect(await starter.exited).toMatchObject({ code: 0 });
  const { child_pid } = await box.session("x");
  const tty = openSync(`/proc/${child_pid}/fd/0`, constants.O_RDONLY | constants.O_NOCTTY);
  expect(readWindowSize(tty)).toEqual({ ...SIZE, ...pixels });
  closeSync(tty);
  await box.printed("x", "ready");
  await using window = new TerminalWindow([BIDE, "attach", "x"], options);
  await window.shows("ready");
  window.type("\r");
  await window.shows("24 80");
  expect(window.text).not.toContain("resized");
});

test(`a name killed and used again at once, ${ROUNDS} times, every request reaches the new session`, async () => {
  await using box = sandbox();
  await box.ok(["list"]);
  const bide = await connect({ env: box.env });
  const given = { env: box.env, cwd: "/", umask: 0o22, rows: 24, cols: 80 };
  const ids = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = { ...given, name: "x", argv: ["sh", "-c", `echo round ${round}.; exec cat`] };
    const { session } = await bide.request("session.start", start);
    ids.add(session.session_id);
    const connection = await bide.session("x");
    expect(connection.session.session_id).toBe(session.session_id);
    const { bytes } = await connection.requestBytes("log.read", { offset: 0, wait_ms: 60_000 });
    expect(new TextDecoder().decode(bytes)).toBe(`round ${round}.\r\n`);
    const { sessions } = await bide.request("session.kill", { selectors: [{ text: "x" }] });
    expect(sessions).toMatchObject([{ session_id: session.session_id, state: "killed" }]);
    connection.close();
  }
  expect(ids.size).toBe(ROUNDS);
  bide.close();
});

test("the same from the command line, the new program answers", async () => {
  await using box = shared();
  await box.start("x", ["cat"]);
  for (let round = 0; round < amount(2, 4); round += 1) {
    await box.kill("x");
    await box.ok(["start", "-n", "x", "--", "sh", "-c", `echo round ${round}.; exec cat`]);
    expect(await box.printed("x", `round ${round}.`)).toBe(`round ${round}.\r\n`);
  }
  expect(readdirSync(resolve(box.stateDir, "sessions")).length).toBe(1 + amount(2, 4));
});

test("programs that ask for their own session at once, find it: by id, by pane and as the parent of a child", async () => {
  await using box = shared();
  const asks = (number: number) =>
    `"$BIDE_BIN" report working && "$BIDE_BIN" status "$BIDE_PANE" >/dev/null && "$BIDE_BIN" start -n child-${number} -- cat && echo asked; exec cat`;
  const numbers = amount([0, 1, 2], [0, 1, 2, 3, 4, 5]);
  const parents = await Promise.all(numbers.map((number) => box.start(`parent-${number}`, ["sh", "-c", asks(number)])));
  for (const number of numbers) await box.printed(`parent-${number}`, "asked");
  for (const [number, parent] of parents.entries()) {
    expect((await box.session(`parent-${number}`)).agent_state).toBe("working");
    expect((await box.session(`child-${number}`)).parent_session_id).toBe(parent.session_id);
  }
});
