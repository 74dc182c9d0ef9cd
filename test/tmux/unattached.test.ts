// destroy-unattached: which sessions go with the last client that looked at them, and which stay. The expectations are what
// Debian's tmux did by hand; in a test of both its server is lost when a client comes while another one leaves.

import { expect, test } from "bun:test";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

async function left(box: Sandbox): Promise<string> {
  return box.ok(["tmux", "list-sessions", "-F", "#{session_name} #{session_group_list}"]);
}

test("a session of a group that is for one client goes with it, and its windows stay", async () => {
  await using box = sandbox();
  const control = (args: string[], input: string) => box.run(["tmux", "-C", ...args], { input });
  await box.ok(["tmux", "new-session", "-d", "-s", "base", "-n", "w", "cat"]);
  await control(["new-session", "-t", "base", "-s", "mine"], "set-option destroy-unattached on\n");
  expect(await left(box)).toBe("base base\n");
  await control(["new-session", "-t", "base", "-s", "kept"], "list-windows\n");
  expect(await left(box)).toBe("base base,kept\nkept base,kept\n");
  await control(["attach-session", "-t", "kept"], "set-option destroy-unattached on\nswitch-client -t base\n");
  expect(await left(box)).toBe("base base\n");
  await control(["attach-session", "-t", "base"], "list-windows\n");
  expect(await left(box)).toBe("base base\n");
  expect(await box.ok(["tmux", "list-panes", "-a", "-F", "#W"])).toBe("w\n");
});

test("keep-last and keep-group leave the last session of a group", async () => {
  await using box = sandbox();
  const run = (args: string[], input = "") => box.run(["tmux", ...args], { input });
  await run(["new-session", "-d", "-s", "base", "cat"]);
  await run(["set-option", "-g", "destroy-unattached", "keep-last"]);
  await run(["-C", "attach-session", "-t", "base"], "list-windows\n");
  await run(["-C", "new-session", "-t", "base", "-s", "second"], "list-windows\n");
  await run(["-C", "attach-session", "-t", "base"], "list-windows\n");
  expect((await run(["list-sessions", "-F", "#S"])).stdout).toBe("base\n");
  await run(["set-option", "-g", "destroy-unattached", "keep-group"]);
  await run(["-C", "attach-session", "-t", "base"], "list-windows\n");
  expect((await run(["list-sessions", "-F", "#S"])).stdout).toBe("base\n");
  await run(["-C", "new-session", "-s", "alone", "cat"], "list-windows\n");
  expect((await run(["list-sessions", "-F", "#S"])).stdout).toBe("base\n");
});

test("the end of the host is nobody's leaving: the session comes back with the next one", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "new-session", "-d", "-s", "foo", "cat"]);
  await box.ok(["tmux", "set-option", "-t", "foo", "destroy-unattached", "on"]);
  const control = box.spawn(["tmux", "-C", "attach-session", "-t", "foo"]);
  while (!(await control.line())?.startsWith("%session-changed"));
  process.kill((await box.json(["host", "status"])).host.pid, "SIGTERM");
  while ((await control.line()) !== undefined);
  expect(await box.ok(["tmux", "list-sessions", "-F", "#S"])).toBe("foo\n");
});
