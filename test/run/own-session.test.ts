// `run` without a session: the program itself, in a session of its own that stays as a record.

import { expect, setDefaultTimeout, test } from "bun:test";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { BIDE, sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

test("words exec'd, exactly their output, their code, and a record", async () => {
  await using box = shared();
  expect(await box.run(["run", "--", "printf", "%s|", "a b", "$HOME", "*"])).toEqual({
    code: 0,
    stdout: "a b|$HOME|*|",
    stderr: "",
  });
  expect(await box.run(["run", "-n", "x", "--", "sh", "-c", "echo out; exit 3"])).toMatchObject({
    code: 3,
    stdout: "out\n",
  });
  expect(await box.session("x")).toMatchObject({ state: "exited", exit_code: 3 });
  expect(await box.ok(["logs", "x"])).toBe("out\n");
  expect((await box.run(["run", "--", "sh", "-c", "kill -KILL $$"])).code).toBe(137);
});

test("JSON of it, with the signal that ended it", async () => {
  await using box = shared();
  const { code, stdout } = await box.run(["run", "--json", "--", "sh", "-c", "printf 'a\\nb'; kill -TERM $$"], {
    cwd: "/usr",
  });
  expect(code).toBe(143);
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    command: "sh -c 'printf '\\''a\\nb'\\''; kill -TERM $$'",
    cwd: "/usr",
    exit_code: 143,
    signal: "SIGTERM",
    output: "a\nb",
    timed_out: false,
  });
});

test("a program that is missing 127, one that may not be executed 126, no program 2", async () => {
  await using box = shared();
  expect((await box.run(["run", "--", "no-such-program-here"])).code).toBe(127);
  expect((await box.run(["run", "--", "/etc/passwd"])).code).toBe(126);
  expect((await box.run(["run"])).code).toBe(2);
});

test("a script on standard input, read by the user's shell", async () => {
  await using box = shared();
  expect(await box.run(["run"], { input: "for i in 1 2; do echo $i; done\nexit 4\n" })).toMatchObject({
    code: 4,
    stdout: "1\n2\n",
  });
});

test("--timeout leaves it running, --interrupt does not, --detach is back at once", async () => {
  await using box = shared();
  expect((await box.run(["run", "-n", "a", "--timeout", "5s", "--", "sleep", "1000"])).code).toBe(124);
  expect((await box.session("a")).state).toBe("running");
  expect((await box.run(["run", "-n", "b", "--timeout", "5s", "--interrupt", "--", "sleep", "1000"])).code).toBe(124);
  expect((await box.session("b")).state).not.toBe("running");
  expect(await box.ok(["run", "-d", "-n", "c", "--", "sleep", "1000"])).toBe("c\t-\n");
  expect((await box.session("c")).state).toBe("running");
});

test("a reader that closes early, 0 and no trace", async () => {
  await using box = shared();
  const { code, stdout, stderr } = await box.run(["run", "--", "true"]);
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
  const piped = Bun.spawn(
    [
      "sh",
      "-c",
      `"$0" run -n y -- sh -c 'yes | head -n 100000' | head -c 10`,
      process.env.BIDE_UNDER_TEST ?? "bin/bide",
    ],
    {
      env: box.env,
      stdout: "pipe",
      stderr: "pipe",
    },
  );
  expect(await new Response(piped.stdout).text()).toBe("y\ny\ny\ny\ny\n");
  expect(await new Response(piped.stderr).text()).toBe("");
});

test("on a terminal, the command's questions are not asked there again; in a pipe they are bytes like others", async () => {
  await using box = sandbox();
  const asks = ["run", "--", "sh", "-c", "stty -echo; printf 'a\\033[cb\\033[6nc\\033]11;?\\007d\\033[1me\\033[m'"];
  expect(await box.ok(asks)).toBe("a\x1b[cb\x1b[6nc\x1b]11;?\x07d\x1b[1me\x1b[m");
  // The window answers at once, and what is typed there would be shown.
  const shell = ["sh", "-c", '"$0" "$@"; printf .; read line', BIDE, ...asks];
  await using window = new TerminalWindow(shell, { env: box.env, cwd: box.root });
  await window.shows("abcde.");
  window.type("typed\r");
  expect((await window.exited).code).toBe(0);
  expect(window.text).toContain("abcde.typed");
});
