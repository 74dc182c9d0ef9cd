// The record of commands: what was typed and what was run, whoever watches, and what a program's output cannot do to it.

import { expect, setDefaultTimeout, test } from "bun:test";
import { needs } from "../support/needs.ts";
import { sharedSandbox } from "../support/sandbox.ts";
import { home, run, SHELLS } from "./shell.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const finished = (command: number) => (event: { event: string; command?: number }) =>
  event.event === "command_finished" && event.command === command;

for (const shell of SHELLS) {
  needs(shell)(
    `${shell}: typed commands, with text, directory, code and output, while nobody is attached`,
    async () => {
      await using box = home();
      await box.start("s", [shell]);
      await run(box, ["cd /usr"]);
      await box.type("s", "printf '%s\\n' 'a;b\\c'\r");
      await box.event("s", finished(2));
      await box.type("s", "sh -c 'printf no-line-end; exit 4'\r");
      await box.event("s", finished(3));
      const { commands } = await box.json(["commands", "s"]);
      expect(commands).toMatchObject([
        { seq: 1, text: "cd /usr", exit_code: 0, run: true },
        { seq: 2, text: "printf '%s\\n' 'a;b\\c'", cwd: "/usr", exit_code: 0, run: false, source: "bide" },
        { seq: 3, text: "sh -c 'printf no-line-end; exit 4'", exit_code: 4 },
      ]);
      expect(commands[2].output_end).toBeGreaterThan(commands[2].output_start);
      expect(await box.ok(["commands", "s", "--output", "2"])).toBe("a;b\\c\n");
      expect(await box.ok(["commands", "s", "--output", "last"])).toBe("no-line-end\n");
      expect((await box.json(["commands", "s", "--output", "2"])).commands).toMatchObject([
        { seq: 2, output: "a;b\\c\n" },
      ]);
      expect(await box.run(["commands", "s", "--output", "99"])).toMatchObject({ code: 3, stdout: "" });
      expect(await box.ok(["commands", "s", "--output", "3", "--raw"])).toContain("no-line-end");
      expect((await box.json(["commands", "s", "--last"])).commands).toHaveLength(1);
      await box.kill("s");
      expect((await box.json(["commands", "s"])).commands).toEqual(commands);
    },
  );
}

needs("bash")("output full of marks, forged to the letter but for the nonce, nothing but output", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const forged =
    "\\033]133;D;0\\007\\033]133;D;0;bide=\\007\\033]133;A;bide=0123456789abcdef0123456789abcdef\\007\\033]133;B\\007";
  const { code, stdout } = await run(box, [
    `printf '${forged}\\033]633;E;forged;x\\007\\033]133;C\\007'; echo end; exit 9`,
  ]);
  expect(code).toBe(9);
  expect(stdout).toEndWith("end\n");
  expect((await box.json(["commands", "s"])).commands).toMatchObject([{ seq: 1, exit_code: 9 }]);
});

needs("bash")("the nonce, in no environment variable of the shell or its programs", async () => {
  await using box = home();
  const { child_pid } = await box.start("s", ["bash", "-l"]);
  const { stdout } = await run(box, ["env"]);
  expect(stdout).not.toContain("__bide");
  const raw = await box.ok(["logs", "s", "--raw"]);
  const nonce = /bide=([0-9a-f]{32})/.exec(raw)?.[1] ?? "none";
  expect(nonce).toHaveLength(32);
  if (process.platform === "linux") expect(await Bun.file(`/proc/${child_pid}/environ`).text()).not.toContain(nonce);
});

test("a program that marks prompts by itself, recorded as what anybody could forge, and not run in", async () => {
  await using box = shared();
  const marks =
    "printf '\\033]133;A\\007$ \\033]133;B\\007make all\\r\\n\\033]133;C\\007out\\r\\n\\033]133;D;2\\007'; exec sleep 1000";
  await box.start("s", ["sh", "-c", marks]);
  await box.event("s", finished(1));
  expect((await box.json(["commands", "s"])).commands).toMatchObject([
    { text: "make all", exit_code: 2, source: "osc133", run: false },
  ]);
  expect(await box.ok(["commands", "s", "--output", "1"])).toBe("out\n");
  const refused = await box.run(["run", "s", "--json", "--", "true"]);
  expect([refused.code, JSON.parse(refused.stderr).error.code]).toEqual([1, "no_shell_integration"]);
});

needs("bash")("integration switched off, by flag or configuration: no mark, and run says so", async () => {
  await using box = home({
    ".config/bide/config.toml": "[shell]\nintegration = false\n",
    ".bashrc": "PS1='ready$ '\n",
  });
  await box.start("s", ["bash"]);
  expect(await box.printed("s", "ready$ ")).not.toContain("\x1b]133");
  expect((await run(box, ["true"])).code).toBe(1);
  await box.ok(["stop", "s"]);
  await Bun.write(`${box.home}/.config/bide/config.toml`, "");
  await box.start("t", ["bash"], ["--no-shell-integration"]);
  expect(await box.printed("t", "ready$ ")).not.toContain("\x1b]133");
});

needs("bash")("a restart, numbers that go on and a record that stays", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  await run(box, ["echo before; exit 1"]);
  await box.ok(["restart", "s"]);
  expect((await run(box, ["echo after"])).stdout).toBe("after\n");
  expect((await box.json(["commands", "s"])).commands).toMatchObject([
    { seq: 1, exit_code: 1 },
    { seq: 2, exit_code: 0 },
  ]);
  expect(await box.ok(["commands", "s", "--output", "1"])).toBe("before\n");
});
