// `watch` and `notify`: somebody is told, something is done.

import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const OSC = (title: string, body: string) => `\x1b]777;notify;${title};${body}\x07`;

test("--exec, run once with what happened in its environment; its failure is watch's", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo all GOOD now; exec sleep 1000"]);
  const exec = 'echo "$BIDE_WATCH_SESSION $BIDE_WATCH_CONDITION $BIDE_WATCH_MATCH $BIDE_WATCH_LINE" > told';
  await box.ok(["watch", "x", "--contains", "GOOD", "--exec", exec]);
  expect(readFileSync(join(box.root, "told"), "utf8")).toBe("x contains GOOD all GOOD now\n");
  expect((await box.run(["watch", "x", "--contains", "GOOD", "--exec", "exit 3"])).code).toBe(1);
});

test("nobody reads what watch prints, it is done all the same, and 0", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo all GOOD now; exec sleep 1000"]);
  Bun.spawnSync(["mkfifo", join(box.root, "closed")]);
  const script = `exec 3<>"$1" 4>"$1" 3<&-; shift; exec "$@" >&4`;
  for (const more of [[], ["--json"], ["--repeat", "--json"]]) {
    const args = ["watch", "x", "--contains", "GOOD", "--exec", "echo done >> runs", "--notify", ...more];
    const { exitCode, stderr } = Bun.spawnSync(
      ["bash", "-c", script, "bash", join(box.root, "closed"), BIDE, ...args],
      {
        cwd: box.root,
        env: box.env,
      },
    );
    expect([more, exitCode, stderr.toString()]).toEqual([more, 0, expect.not.stringContaining("bug")]);
  }
  expect(readFileSync(join(box.root, "runs"), "utf8")).toBe("done\n".repeat(3));
});

test("the condition never holds, --exec is not run and --notify tells", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "exit 2"]);
  const args = ["watch", "x", "--contains", "never", "--notify", "--exec", "touch ran", "--json"];
  const { code, stdout, stderr } = await box.run(args);
  expect([code, JSON.parse(stdout).ended]).toEqual([1, true]);
  expect(stderr).toContain(OSC("bide: x", 'x ended (exited 2) before it printed "never"'));
  expect(await Bun.file(join(box.root, "ran")).exists()).toBe(false);
});

test("--repeat, every line until the session has ended", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "read -r _; echo error: 1; echo fine; echo error: 2; printf 'error: 3'"]);
  const watching = box.spawn(["watch", "x", "--regex", "^error: .*", "--repeat", "--exec", "echo >> runs"]);
  await box.type("x", "\r");
  const { code, stdout } = await watching.finished;
  expect([code, stdout]).toEqual([0, "error: 1\nerror: 2\nerror: 3\n"]);
  expect(readFileSync(join(box.root, "runs"), "utf8")).toBe("\n\n\n");
});

test("notify without a terminal, OSC 777 on standard output, harmless whatever the words hold", async () => {
  await using box = shared();
  const words = ["--title", "a;b\x1b]0;x\x07", "--subtitle", "here", "--body", "two\nlines;\x9c"];
  const { code, stdout } = await box.run(["notify", ...words]);
  expect([code, stdout]).toEqual([0, OSC("a b]0 x", "here: two lines")]);
  expect((await box.run(["notify", "--title", " "])).code).toBe(2);
});

test("notify with its output elsewhere, on the terminal that it runs in", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", `${BIDE} notify --title T --body B > out 2>&1`]);
  await box.ok(["wait", "x"]);
  expect(await box.ok(["logs", "x", "--raw"])).toBe(OSC("T", "B"));
  expect(readFileSync(join(box.root, "out"), "utf8")).toBe("");
});

test("notify, no host is started", async () => {
  await using box = sandbox();
  await box.ok(["notify", "--title", "T"]);
  expect((await box.run(["host", "status"])).code).not.toBe(0);
});

test("notify where cmux is, through it, and it alone; when that fails, OSC 777", async () => {
  await using box = sandbox();
  const said = fakeCmux(box, 0);
  const env = {
    PATH: `${join(box.root, "cmux-bin")}:${box.env.PATH}`,
    CMUX_SURFACE_ID: "surface:3",
    CMUX_WINDOW_ID: "a b",
  };
  expect((await box.run(["notify", "--title", "T", "--subtitle", "S", "--body", "B"], { env })).stdout).toBe("");
  expect(readFileSync(said, "utf8").split("\n")).toEqual([
    "notify",
    "--surface",
    "surface:3",
    "--title",
    "T",
    "--body",
    "B",
    "--subtitle",
    "S",
    "",
  ]);
  fakeCmux(box, 1);
  expect((await box.run(["notify", "--title", "T"], { env })).stdout).toBe(OSC("T", ""));
});

/** A cmux that writes its arguments down; the file. */
function fakeCmux(box: Sandbox, code: number): string {
  const directory = join(box.root, "cmux-bin");
  mkdirSync(directory, { recursive: true });
  const program = join(directory, "cmux");
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${box.root}/cmux-said"\nexit ${code}\n`);
  chmodSync(program, 0o755);
  return join(box.root, "cmux-said");
}
