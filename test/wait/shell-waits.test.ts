// `wait --prompt` and `--task`: the shell of a session, as its marks tell.

import { expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "../../src/client/index.ts";
import { needs } from "../support/needs.ts";
import { type Sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

async function waits(box: Sandbox, ...args: string[]) {
  const { code, stdout, stderr } = await box.run(["wait", "x", ...args, "--json"]);
  return { code, ...(stdout === "" ? JSON.parse(stderr) : JSON.parse(stdout)) };
}

for (const shell of ["bash", "zsh", "fish"]) {
  needs(shell)(`the prompt of ${shell}, from its start, after a command, and not while one runs`, async () => {
    await using box = shared();
    await box.start("x", [shell]);
    expect(await waits(box, "--prompt")).toMatchObject({ code: 0, matched: true, condition: "prompt" });
    await box.type("x", "read -r go; echo went\r");
    await box.event("x", ({ event }) => event === "command_started");
    expect(await waits(box, "--prompt", "--timeout", "50ms")).toMatchObject({ code: 124, timed_out: true });
    const waiting = waits(box, "--prompt");
    await box.type("x", "\r");
    expect(await waiting).toMatchObject({ code: 0 });
    expect(await box.ok(["logs", "x"])).toContain("\nwent");
  });
}

needs("bash")(
  "a run under way, what wait waits for by itself; with --exit-code its code, also asked late",
  async () => {
    await using box = shared();
    await box.ok(["run", "x", "-d", "--", "read -r go; (exit 5)"]);
    await box.event("x", ({ event }) => event === "command_started");
    const bide = await connect({ env: box.env, startHost: false });
    try {
      const connection = await bide.session("x");
      // Requests of one connection are taken in their order, so the wait is there before the Enter.
      const told = connection.request("session.wait", { condition: { until: "task", or_exit: true } });
      await connection.request("input.send", { items: [{ kind: "key", key: "Enter" }] });
      expect(await told).toMatchObject({ matched: true, task: { exit_code: 5 }, session: { state: "running" } });
      connection.close();
    } finally {
      bide.close();
    }
    expect(await waits(box, "--task", "--exit-code")).toMatchObject({ code: 5, task: { exit_code: 5, run: true } });
    expect(await waits(box, "--timeout", "50ms")).toMatchObject({ code: 124, condition: "default", task: null });
    expect((await box.run(["wait", "x", "--task"])).stderr).toEndWith(": exit 5\n");
  },
);

needs("bash")("runs that wait for each other, all waited for; one that ends the shell has its code", async () => {
  await using box = shared();
  await box.ok(["run", "x", "-d", "--", "read -r go"]);
  await box.event("x", ({ event }) => event === "command_started");
  await box.ok(["run", "x", "-d", "--", "exit 6"]);
  const waiting = waits(box, "--task", "--exit-code");
  await box.type("x", "\r");
  expect(await waiting).toMatchObject({ code: 6, task: { text: "exit 6" } });
  await box.ok(["wait", "x", "--exit"]);
  expect(await waits(box, "--task")).toMatchObject({ code: 0, task: { text: "exit 6", exit_code: 6 } });
});

test("a session in which nothing was run, and a program without a prompt, 1 and said so", async () => {
  await using box = shared();
  await box.start("x", ["sleep", "1000"]);
  expect(await waits(box, "--task")).toMatchObject({ code: 1, error: { message: "no command was run in x" } });
  expect(await waits(box, "--prompt")).toMatchObject({ code: 1, error: { code: "no_shell_integration" } });
  const waiting = waits(box, "--task");
  await box.kill("x");
  expect((await waiting).code).toBe(1);
});
