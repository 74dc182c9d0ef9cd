// A directory that is removed under the one who stands in it (a worktree, a checkout of another branch): everything that
// needs no directory works, what needs one says so.

import { expect, setDefaultTimeout, test } from "bun:test";
import { BIDE, type Finished, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** Runs `bide ARGS` in a directory that is gone; without what the shells say about it. */
function runThere(box: Sandbox, args: readonly string[]): Finished {
  const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"';
  const { exitCode, stdout, stderr } = Bun.spawnSync(["sh", "-c", script, BIDE, ...args], {
    cwd: box.root,
    env: box.env,
    stdin: new Uint8Array(0),
  });
  const said = stderr.toString().replaceAll(/^.*\bgetcwd\b.*\n/gm, "");
  return { code: exitCode, stdout: stdout.toString(), stderr: said };
}

test("in a directory that was removed, everything that needs none works, also with another one", async () => {
  await using box = sandbox();
  expect(runThere(box, ["list", "--short"])).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(runThere(box, ["start", "-n", "x", "--cwd", "/", "--", "sh", "-c", "pwd; exec cat"])).toMatchObject({
    code: 0,
  });
  await box.printed("x", "/\r\n");
  for (const args of [
    ["list"],
    ["status", "x"],
    ["send", "x", "typed", "--enter"],
    ["logs", "x"],
    ["screen", "x", "--json"],
    ["attach", "x"],
    ["open", "x"],
    ["report", "idle", "x"],
    ["watch", "x", "--state", "running", "--notify"],
    ["notify", "--title", "T"],
    ["run", "--cwd", "/", "--", "true"],
    ["agents"],
    ["doctor"],
    ["tmux", "new-session", "-d", "-s", "t"],
    ["kill", "x"],
  ]) {
    expect([args, runThere(box, args)]).toEqual([args, expect.objectContaining({ code: 0 })]);
  }
});

test("in a directory that was removed, what needs it says so, as text and as JSON", async () => {
  await using box = sandbox();
  for (const [args, code, exit] of [
    [["start", "-n", "x"], "bad_cwd", 1],
    [["start", "--cwd", "below"], "bad_cwd", 1],
    [["run", "--", "true"], "bad_cwd", 1],
    [["agent", "cat", "--detach"], "bad_cwd", 1],
    [["list", "--workspace", "."], "bad_config", 78],
  ] as const) {
    const [verb, ...rest] = args;
    const told = runThere(box, [verb, "--json", ...rest]);
    expect([args, told.code, JSON.parse(told.stderr).error.code]).toEqual([args, exit, code]);
    expect(JSON.parse(told.stderr).error.message).toEndWith("the directory that you are in was removed");
  }
});
