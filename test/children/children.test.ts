// Sessions started inside of sessions: they end with their parent, unless they were made independent; and processes that
// outlive their program, which `ps --orphans` finds.

import { expect, setDefaultTimeout, test } from "bun:test";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** Starts a session inside of another one. */
async function startInside(box: Sandbox, parent: string, name: string, ...flags: string[]): Promise<void> {
  await box.type(parent, `"$BIDE_BIN" start -n ${name} ${flags.join(" ")} -- sh; echo ${name}: $?\r`);
  await box.printed(parent, `${name}: 0`);
}

async function names(box: Sandbox, ...flags: string[]): Promise<string> {
  return box.ok(["list", "--short", ...flags]);
}

for (const [way, end] of [
  ["its program ends", ["send", "parent", "exit 0", "--enter"]],
  ["it is killed", ["kill", "parent"]],
  ["it is stopped", ["stop", "parent", "--grace", "100ms"]],
] as const) {
  test(`a parent of which ${way}, its children and theirs end, the independent one goes on`, async () => {
    await using box = sandbox();
    await box.start("parent", ["sh"]);
    await startInside(box, "parent", "child");
    await startInside(box, "child", "grandchild");
    await startInside(box, "parent", "free", "--detached-child");
    expect(await names(box, "--children")).toBe("child\ngrandchild\n");
    await box.ok(end);
    for (const name of ["parent", "child", "grandchild"]) await box.event(name, ({ event }) => event === "exited");
    expect(await box.session("free")).toMatchObject({ state: "running", parent_session_id: null });
    expect(await names(box)).toBe("free\n");
    expect(await names(box, "--children")).toBe("");
  });
}

test("a parent that ends while there is no host, its child ends once there is one again", async () => {
  await using box = sandbox();
  const parent = await box.start("parent", ["sh"]);
  await startInside(box, "parent", "child");
  process.kill((await box.json(["host", "status"])).host.pid, "SIGKILL");
  process.kill(Number(parent.child_pid), "SIGKILL");
  await box.event("child", ({ event }) => event === "exited");
  expect(await names(box, "--children")).toBe("");
});

test("a forged parent, refused with 5; a token of another session does not help", async () => {
  await using box = sandbox();
  const parent = await box.start("parent", ["sh"]);
  await box.start("other", ["sh"]);
  for (const token of ["", "guess"]) {
    const env = { BIDE_SESSION_ID: parent.session_id, BIDE_SESSION_TOKEN: token };
    const { code, stderr } = await box.run(["start", "-n", "x", "--json", "--", "true"], { env });
    expect(code).toBe(5);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "not_permitted", hint: expect.any(String) });
  }
  await box.ok([
    "send",
    "other",
    `BIDE_SESSION_ID=${parent.session_id} "$BIDE_BIN" start -n x -- true; echo code $?`,
    "--enter",
  ]);
  await box.printed("other", "code 5");
  expect(await names(box, "--all", "--children")).toBe("");
});

needs("setsid")(
  "a daemon that outlives its program, found by ps --orphans with its session, and nothing else",
  async () => {
    await using box = sandbox();
    await box.start("quiet", ["sh"]);
    const program =
      "setsid sh -c 'echo daemon is $$; exec sleep 1000 </dev/null >/dev/null 2>&1' & wait $!; sleep 0; read line";
    const { session_id } = await box.start("noisy", ["sh", "-c", program.replace("wait $!; sleep 0; ", "")]);
    const printed = await box.printed("noisy", "daemon is ");
    const pid = Number(/daemon is (\d+)/.exec(await box.ok(["logs", "noisy", "--tail", "1"]))?.[1]);
    expect(printed).toContain("daemon is ");
    expect(pid).toBeGreaterThan(0);
    // While its parent lives it is a process of the session like any other.
    await box.type("noisy", "\r");
    await box.event("noisy", ({ event }) => event === "exited");
    const { processes } = await box.json(["ps", "--orphans"]);
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({ session_id, pid, orphan: true, command: "sleep 1000" });
    expect(await box.ok(["ps", "--orphans"])).toMatch(/noisy .*orphan.*sleep 1000/);
    expect((await box.json(["ps", "quiet", "--orphans"])).processes).toEqual([]);
    await box.kill("noisy");
    expect((await box.run(["ps", "--orphans"])).stderr).toBe("no processes\n");
  },
);

test("a job that outlives its program and never waits for its own child, the job found and no zombie", async () => {
  await using box = sandbox();
  const job = "sh -c 'true & echo job $!; exec sleep 1000'";
  await box.start("noisy", ["sh", "-c", `trap '' HUP; ${job} & read line`]);
  await box.printed("noisy", "job ");
  await box.type("noisy", "\r");
  await box.event("noisy", ({ event }) => event === "exited");
  const { processes } = await box.json(["ps", "--orphans"]);
  expect(processes).toMatchObject([{ orphan: true, command: "sleep 1000" }]);
  await box.kill("noisy");
});
