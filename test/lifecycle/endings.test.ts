// How sessions end and what is recorded of it: any exit code, signals of strangers, `stop` and its ladder (fault P5),
// `kill` and whatever a program left behind, and a program that leaves somebody on its terminal (fault P6).

import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { connect } from "../../src/client/index.ts";
import { processTable } from "../../src/pty/process-table.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { attachWindow, rawLog } from "./bide-commands.ts";
import { gone, isRunning, until } from "./processes.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const programs = resolve(import.meta.dir, "../programs");

test("programs that exit with any code, exactly that code everywhere it is told", async () => {
  await using box = shared();
  for (const code of amount([0, 137, 255], [0, 1, 127, 137, 255])) {
    const name = `code-${code}`;
    await box.start(name, ["sh", "-c", `read go; exit ${code}`]);
    const client = box.spawn(["attach", name]);
    await client.type("go\n");
    expect((await client.finished).code).toBe(code);
    expect(await ended(box, name)).toEqual({ state: "exited", exit_code: code, exit_signal: null });
    expect(await box.session(name)).toMatchObject({ state: "exited", exit_code: code });
  }
});

test("programs ended by a signal that bide did not send, crashed with its name, and 128 + n for clients", async () => {
  await using box = sandbox();
  const signals = { SIGSEGV: 11, SIGKILL: 9, SIG34: 34, SIGTERM: 15, SIGABRT: 6 };
  for (const [signal, number] of Object.entries(signals).slice(0, amount(3, 5))) {
    const name = signal.toLowerCase();
    const { child_pid } = await box.start(name, ["cat"]);
    await using window = attachWindow(box, name);
    await until("the client is there", async () => (await box.session(name)).attached_clients === 1);
    Bun.spawnSync(["kill", "-s", String(number), String(child_pid)]);
    expect(await window.exited).toEqual({ code: 128 + number, signal: null });
    expect(await ended(box, name)).toEqual({ state: "crashed", exit_code: null, exit_signal: signal });
  }
});

test("programs that end while their client is just arriving, how they ended is told all the same", async () => {
  await using box = sandbox();
  await box.ok(["list"]);
  const bide = await connect({ env: box.env });
  const given = { env: box.env, cwd: "/", umask: 0o22, rows: 24, cols: 80 };
  for (const printing of ["", "echo text; "]) {
    for (let round = 0; round < amount(2, 5); round += 1) {
      const name = `x${printing.length}.${round}`;
      const argv = ["sh", "-c", `${printing}exec cat`];
      const { session } = await bide.request("session.start", { ...given, name, argv });
      const connection = await bide.session(name);
      const attachment = await connection.attach({ rows: 24, cols: 80 }, { onOutput() {} });
      process.kill(session.child_pid ?? 0, "SIGKILL");
      expect(await attachment.ended).toMatchObject({ reason: "exited", exitSignal: "SIGKILL" });
      await connection.closed;
    }
  }
  bide.close();
});

test("a program that ends at Ctrl-C, stopped by the first step", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", "trap 'exit 4' INT; echo ready; sleep 1000 & wait"]);
  await box.printed("x", "ready");
  expect((await box.json(["stop", "x"])).session).toMatchObject({ state: "exited", exit_code: 4 });
  expect(await steps(box, "x")).toEqual(["stop_requested interrupt", "exited"]);
});

test("a program that ignores Ctrl-C, HUP and TERM, each step in its order and then killed", async () => {
  await using box = sandbox();
  const { child_pid } = await box.start("x", [`${programs}/ignore-polite-signals.sh`]);
  await box.printed("x", "ready");
  // The program and what it waits for: the signals are for the whole group.
  const members = await until("both are there", async () => {
    const pids = await pidsOf(box, "x");
    return pids.length === 2 && pids;
  });
  expect(members).toContain(child_pid ?? 0);
  const { session } = await box.json(["stop", "x", "--grace", "100ms"]);
  expect(session).toMatchObject({ state: "killed", exit_code: null, exit_signal: "SIGKILL" });
  expect(members.filter(isRunning)).toEqual([]);
  expect(await steps(box, "x")).toEqual([
    "stop_requested interrupt",
    "stop_requested SIGHUP",
    "stop_requested SIGTERM",
    "kill_requested",
    "exited",
  ]);
});

test("a program that stands still, goes on to take the signal that ends it", async () => {
  await using box = shared();
  const { child_pid } = await box.start("x", [
    "sh",
    "-c",
    "trap '' INT; trap 'echo tidied; exit 7' HUP; kill -STOP $$; exec cat",
  ]);
  await until("it stands still", () => processTable().some(({ pid, state }) => pid === child_pid && state === "T"));
  await box.ok(["stop", "x", "--grace", "300ms"]);
  expect(await ended(box, "x")).toMatchObject({ exit_code: 7 });
  expect(await box.ok(["logs", "x"])).toContain("tidied");
});

test("an interactive shell with a background job, stop ends the shell as a closed terminal would; kill, the job too", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-i"], ["-e", "PS1=ready> "]);
  await box.type("x", "sleep 1000 & echo job=$!\r");
  const job = await until("the job", async () => Number(/^job=(\d+)/m.exec(await box.ok(["logs", "x"]))?.[1]));
  const { session } = await box.json(["stop", "x", "--grace", "200ms"]);
  expect(session).toMatchObject({ state: "exited", exit_signal: "SIGHUP" });
  expect(isRunning(job)).toBe(true);
  await box.kill("x");
  expect(isRunning(job)).toBe(false);
  expect(await box.session("x")).toMatchObject({ state: "exited", exit_signal: "SIGHUP" });
});

test("kill, nothing that the program started lives when it returns, wherever it went", async () => {
  await using box = sandbox();
  const left =
    "setsid sleep 1001 & (setsid sh -c 'sleep 1002 & exec sleep 1003' &) ; nohup sleep 1004 >/dev/null 2>&1 &";
  await box.start("x", ["sh", "-c", `trap '' HUP; ${left} sleep 1005 & echo ready; wait`]);
  await box.printed("x", "ready");
  const before = await until("all are there", async () => {
    const pids = await pidsOf(box, "x");
    return pids.length >= 6 && pids;
  });
  expect((await box.json(["kill", "x"])).session).toMatchObject({ state: "killed", exit_signal: "SIGKILL" });
  expect(before.filter(isRunning)).toEqual([]);
});

test("a grandchild that holds the terminal, exited at once with the leader's code, late output logged", async () => {
  await using box = sandbox();
  const fifo = `${box.root}/late`;
  Bun.spawnSync(["mkfifo", fifo]);
  await box.start("x", [`${programs}/pty-leave-grandchild.sh`, fifo]);
  expect(await ended(box, "x")).toEqual({ state: "exited", exit_code: 3, exit_signal: null });
  expect(text(await rawLog(box, "x"))).toBe("early\r\n");
  expect((await box.run(["attach", "x"])).code).toBe(4);
  await Bun.write(fifo, "now\n");
  await until("the late output is in the log", async () => text(await rawLog(box, "x")) === "early\r\nlate\r\n");
  expect(await box.session("x")).toMatchObject({ state: "exited", exit_code: 3 });
});

test("a grandchild that holds the terminal for longer than it is listened to, the terminal is closed under it", async () => {
  await using box = sandbox();
  // Instead of ten minutes; the host gives it to its workers.
  await box.ok(["list"], { env: { BIDE_TEST_LATE_OUTPUT_MS: "200" } });
  const fifo = `${box.root}/late`;
  Bun.spawnSync(["mkfifo", fifo]);
  const { worker_pid } = await box.start("x", [`${programs}/pty-leave-grandchild.sh`, fifo]);
  expect(await ended(box, "x")).toEqual({ state: "exited", exit_code: 3, exit_signal: null });
  await gone(worker_pid ?? 0);
  const [left] = (await box.json(["ps", "x"])).processes;
  expect(await box.session("x")).toMatchObject({ state: "exited", exit_code: 3, worker_pid: null });
  await Bun.write(fifo, "now\n");
  // It finds its terminal gone, and ends.
  await gone(left.pid);
  expect(text(await rawLog(box, "x"))).toBe("early\r\n");
});

test("a grandchild that holds the terminal, restart does not wait for it and its name is free", async () => {
  await using box = sandbox();
  const fifo = `${box.root}/late`;
  Bun.spawnSync(["mkfifo", fifo]);
  const argv = ["sh", "-c", `test -e ${box.home}/again && exec cat; touch ${box.home}/again; exec "$0" "$1"`];
  const { session_id } = await box.start("x", [...argv, `${programs}/pty-leave-grandchild.sh`, fifo]);
  await ended(box, "x");
  const again = (await box.json(["restart", "x"])).session;
  expect(again).toMatchObject({ session_id, state: "running", exit_code: null });
  await box.kill("x");
  // Nobody is left who reads.
  await Bun.write(fifo, "now\n").catch(() => {});
});

async function pidsOf(box: Sandbox, name: string): Promise<number[]> {
  return (await box.json(["ps", name])).processes.map((one: { pid: number }) => one.pid);
}

async function ended(box: Sandbox, name: string): Promise<object> {
  const { state, exit_code, exit_signal } = await box.event(name, (event) => event.event === "exited");
  return { state, exit_code, exit_signal };
}

/** The events of the end of a session, in order. */
async function steps(box: Sandbox, name: string): Promise<string[]> {
  const lines = (await box.ok(["events", name, "--json"])).trim().split("\n");
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ event }) => ["stop_requested", "kill_requested", "exited"].includes(event))
    .map(({ event, step }) => (step === undefined ? event : `${event} ${step}`));
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
