// What is bide's own about the tmux servers: they outlive the host, their panes are sessions of bide, and the
// sessions of bide are safe from them. Many calls at once: many-calls.test.ts.

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

async function tmux(box: Sandbox, ...args: string[]): Promise<string> {
  return (await box.ok(["tmux", ...args])).trimEnd();
}

test("the host is killed, the next call finds the same sessions, windows, options and buffers, and ids go on", async () => {
  await using box = sandbox();
  await tmux(box, "new-session", "-d", "-s", "kept", "-n", "one", "-x", "100", "-y", "30", "cat");
  await tmux(box, "split-window", "-d", "-h", "-t", "kept", "cat");
  await tmux(box, "set-option", "-t", "kept", "history-limit", "77");
  await tmux(box, "set-option", "-p", "-t", "%1", "@mine", "yes");
  await tmux(box, "set-buffer", "-b", "b", "data");
  await tmux(box, "set-environment", "-t", "kept", "A", "1");
  await tmux(box, "bind-key", "-T", "prefix", "F9", "display-message", "hi");
  await tmux(box, "send-keys", "-t", "%1", "before", "Enter");
  await tmux(
    box,
    "kill-pane",
    "-t",
    await tmux(box, "split-window", "-d", "-P", "-F", "#{pane_id}", "-t", "kept", "cat"),
  );
  const shape = () =>
    tmux(box, "list-windows", "-a", "-F", "#{session_id} #S #{window_id} #W #{window_layout} #{pane_id}");
  const before = await shape();
  process.kill((await box.json(["status"])).host.pid, "SIGKILL");
  expect(await shape()).toBe(before);
  expect(await tmux(box, "show-options", "-t", "kept", "history-limit")).toBe("history-limit 77");
  expect(await tmux(box, "display-message", "-p", "-t", "%1", "#{@mine}")).toBe("yes");
  expect(await tmux(box, "show-buffer", "-b", "b")).toBe("data");
  expect(await tmux(box, "show-environment", "-t", "kept", "A")).toBe("A=1");
  expect(await tmux(box, "list-keys", "-T", "prefix", "F9")).toContain("display-message hi");
  expect(await tmux(box, "capture-pane", "-p", "-t", "%1")).toContain("before");
  expect(await tmux(box, "split-window", "-d", "-P", "-F", "#{pane_id}", "-t", "kept", "cat")).toBe("%3");
}, 30_000);

test("a program that ended while no host lived, its pane is gone when the next one comes", async () => {
  await using box = sandbox();
  await tmux(box, "new-session", "-d", "-s", "kept", "cat");
  const pane = await tmux(box, "split-window", "-d", "-P", "-F", "#{pane_id}", "-t", "kept", "read x");
  const session = (await box.json(["list"])).sessions.find((one: { pane_id: string }) => one.pane_id === pane);
  process.kill((await box.json(["status"])).host.pid, "SIGKILL");
  process.kill(session.child_pid, "SIGKILL");
  await box.run(["wait", pane, "--exit"]);
  expect(await tmux(box, "list-panes", "-t", "kept", "-F", "#{pane_id}")).toBe("%0");
}, 30_000);

test("kill-server, only the panes of its own namespace end", async () => {
  await using box = sandbox();
  const own = await box.start("mine", ["cat"]);
  await tmux(box, "-L", "other", "new-session", "-d", "-s", "there", "cat");
  await tmux(box, "new-session", "-d", "-s", "here", "cat");
  const here = (await box.json(["list"])).sessions.find((one: { name: string }) => one.name.startsWith("here"));
  await tmux(box, "kill-server");
  await box.ok(["wait", here.session_id, "--exit"]);
  expect((await box.run(["tmux", "ls"])).stderr).toMatch(/^no server running on \S+\n$/);
  expect(await tmux(box, "-L", "other", "ls", "-F", "#S")).toBe("there");
  expect((await box.session(own.session_id)).state).toBe("running");
}, 30_000);

test("a window is put with -k where another one is, the programs of that one end", async () => {
  await using box = sandbox();
  await tmux(box, "new-session", "-d", "-s", "s", "cat");
  const replacedBy = async (...command: string[]) => {
    const pane = await tmux(box, "new-window", "-d", "-P", "-F", "#{pane_id}", "-t", "s:5", "cat");
    await tmux(box, ...command);
    expect(await box.run(["wait", pane, "--exit", "--timeout", "10s"])).toMatchObject({ code: 0 });
    await tmux(box, "kill-window", "-t", "s:5");
  };
  await replacedBy("new-window", "-d", "-k", "-t", "s:5", "cat");
  await tmux(box, "new-window", "-d", "-t", "s:6", "cat");
  await replacedBy("move-window", "-d", "-k", "-s", "s:6", "-t", "s:5");
  await tmux(box, "new-window", "-d", "-t", "s:7", "cat");
  await replacedBy("link-window", "-d", "-k", "-s", "s:7", "-t", "s:5");
}, 30_000);

test("the server ends while clients wait for a channel, they are told so and wait no more", async () => {
  await using box = sandbox();
  for (const ending of [["kill-server"], ["kill-session", "-t", "s"]]) {
    await tmux(box, "new-session", "-d", "-s", "s", "cat");
    await tmux(box, "wait-for", "-L", "lock");
    const waiting = ["never", "-L lock"].map((channel, at) =>
      box.run(["tmux", "wait-for", "-S", `ready${at}`, ";", "wait-for", ...channel.split(" ")]),
    );
    await tmux(box, "wait-for", "ready0", ";", "wait-for", "ready1");
    await tmux(box, ...ending);
    for (const { code, stderr } of await Promise.all(waiting)) {
      expect({ code, stderr }).toEqual({ code: 1, stderr: "server exited unexpectedly\n" });
    }
  }
}, 30_000);

test("a namespace by its path, the socket is there and $TMUX names it", async () => {
  await using box = sandbox();
  const socket = join(box.root, "sock");
  await tmux(box, "-S", socket, "new-session", "-d", "-s", "s", "-n", "w", "echo $TMUX,$TMUX_PANE; cat");
  const { stdout } = await box.run(["tmux", "-S", socket, "display-message", "-p", "#{socket_path} #{pid}"]);
  const [path, pid] = stdout.trim().split(" ");
  expect(path).toBe(socket);
  expect(await box.printed("s.0", "%0")).toContain(`${socket},${pid},0,%0`);
  const inside = { TMUX: `${socket},${pid},0`, TMUX_PANE: "%0" };
  expect((await box.run(["tmux", "display-message", "-p", "#S:#I.#P"], { env: inside })).stdout).toBe("s:0.0\n");
}, 30_000);

test("a session of bide that calls tmux, it is a pane of a session of its own and survives kill-server", async () => {
  await using box = sandbox();
  const session = await box.start("work", [
    "sh",
    "-c",
    '"$BIDE_BIN" tmux display-message -p "#S #{pane_id} #{pane_dead}"; cat',
  ]);
  expect(await box.printed("work", `work ${session.pane_id} 0`)).toContain("work");
  expect(await tmux(box, "list-panes", "-a", "-F", "#{pane_id}")).toBe(session.pane_id);
  await tmux(box, "kill-server");
  expect((await box.session("work")).state).toBe("running");
}, 30_000);

test("BIDE_TMUX_LOG, every call with its answer and what was not supported", async () => {
  await using box = sandbox();
  const file = join(box.root, "calls.jsonl");
  const env = { BIDE_TMUX_LOG: file };
  await box.run(["tmux", "new-session", "-d", "-s", "x", "cat"], { env });
  await box.run(["tmux", "lock-server"], { env });
  await box.run(["tmux", "nosuch", "-x"], { env });
  const calls = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(calls.map(({ argv, code, unsupported }) => ({ argv, code, unsupported }))).toEqual([
    { argv: ["new-session", "-d", "-s", "x", "cat"], code: 0, unsupported: [] },
    { argv: ["lock-server"], code: 0, unsupported: ["lock-server"] },
    { argv: ["nosuch", "-x"], code: 1, unsupported: [] },
  ]);
  expect(calls[2].stderr).toBe("unknown command: nosuch\n");
}, 30_000);
