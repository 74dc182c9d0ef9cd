// tmux's split-window inside cmux: a native split that attaches to the new pane, nothing hidden when cmux cannot make it,
// and nothing of cmux with -d or outside. cmux is a stand-in that records its calls.

import { expect, test } from "bun:test";
import { join } from "node:path";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { type StandInCmux, standInCmux } from "./stand-in.ts";

/** What `tmux ARGS` in the only pane of a new session says; `env` is that of the caller. */
async function inside(box: Sandbox, cmux: StandInCmux | undefined, env: Record<string, string>, ...args: string[]) {
  await box.start("lead", ["cat"], ["--tmux"]);
  const session = await box.session("lead");
  const PATH = [...(cmux === undefined ? [] : [cmux.bin]), join(box.stateDir, "shim"), box.env.PATH].join(":");
  const own = {
    BIDE_SESSION_ID: session.session_id,
    BIDE_PANE: session.pane_id,
    TMUX_PANE: session.pane_id,
    BIDE_BIN: BIDE,
  };
  const called = await box.run(["tmux", ...args], { env: { ...own, PATH, ...env } });
  const { sessions } = await box.json(["list", "--children"]);
  const all = (await box.json(["list", "--all"])).sessions;
  return { ...called, panes: [...sessions, ...all].filter(({ name }) => name !== "lead") };
}

const IN_CMUX = { CMUX_WORKSPACE_ID: "workspace:1", CMUX_SURFACE_ID: "surface:1" };

test("split-window -h in cmux, a split to the right whose shell attaches to the new pane's session", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { code, stdout, stderr } = await inside(
    box,
    cmux,
    IN_CMUX,
    ...["split-window", "-h", "-P", "-F", "#{pane_id}", "cat"],
  );
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "%1\n", stderr: "" });
  const session = await box.session("%1");
  expect(session).toMatchObject({ state: "running" });
  const calls = cmux.calls();
  expect(calls.map((call) => call.split(" ")[0])).toEqual(["identify", "new-split", "send"]);
  expect(calls[1]).toContain("new-split right ");
  const sent = calls[2]?.replace("send --surface surface:2 exec ", "") ?? "";
  expect(sent).toMatch(new RegExp(`^env .*attach ${session.session_id}$`));
  // The line works in a shell that knows nothing of bide.
  const shell = Bun.spawn(["sh", "-c", `${sent} --replay none`], {
    env: { PATH: "/usr/bin:/bin" },
    stdin: "pipe",
    stdout: "pipe",
  });
  shell.stdin.write("typed in the split\n");
  await shell.stdin.flush();
  expect(await box.printed("%1", "typed in the split")).toContain("typed in the split");
  shell.kill();
  await shell.exited;
});

test("split-window -v -b in cmux, a split above", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  await inside(box, cmux, IN_CMUX, "split-window", "-v", "-b", "cat");
  expect(cmux.calls()[1]).toContain("new-split up ");
});

test("cmux cannot make the split, 1 with its words, and no hidden session", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { code, stderr, panes } = await inside(
    box,
    cmux,
    { ...IN_CMUX, CMUX_FAILS: "new-split" },
    "split-window",
    "cat",
  );
  expect(code).toBe(1);
  expect(stderr).toContain("cmux new-split ended with 3");
  expect(panes).toEqual([]);
});

test("the split cannot be told to attach, the split is closed and the session is gone", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { code, stderr } = await inside(box, cmux, { ...IN_CMUX, CMUX_FAILS: "send" }, "split-window", "cat");
  expect(code).toBe(1);
  expect(stderr).toContain("cmux send ended with 3");
  expect(cmux.calls().at(-1)).toBe("close-surface --surface surface:2");
  expect(await box.ok(["tmux", "list-panes", "-a", "-F", "#{pane_id}"])).toBe("%0\n");
});

test("in cmux without the program cmux, 1 and no hidden session; with -d it is wanted hidden", async () => {
  await using box = sandbox();
  const refused = await inside(box, undefined, IN_CMUX, "split-window", "cat");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("refusing to start a hidden session");
  expect(refused.panes).toEqual([]);
  const hidden = await box.run(["tmux", "split-window", "-d", "cat"], { env: IN_CMUX });
  expect(hidden).toMatchObject({ code: 0, stderr: "" });
});

test("outside cmux, no call of it", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { code, stdout } = await inside(box, cmux, {}, "split-window", "-P", "-F", "#{pane_id}", "cat");
  expect([code, stdout]).toEqual([0, "%1\n"]);
  expect(cmux.calls()).toEqual([]);
});
