// What the agent in a session is doing: reported, shown by titles and notifications, or seen from its output; told in
// `list`, `status`, the events, and waited for.

import { expect, setDefaultTimeout, test } from "bun:test";
import { killHost } from "../lifecycle/bide-commands.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Prints each line that it reads, with backslash escapes, and nothing else. */
const REPEATER = ["sh", "-c", 'stty -echo; echo ready; while IFS= read -r line; do printf "%b" "$line"; done'];
const AGENT = ["--role", "agent"];

async function repeater(box: Sandbox, flags: readonly string[] = []): Promise<void> {
  await box.start("x", REPEATER, flags);
  await box.printed("x", "ready");
}

/** Makes the session print something, and resolves to it once its agent is in a state. */
async function after(box: Sandbox, text: string, state: string) {
  await box.ok(["send", "x", text, "--enter"]);
  return (await box.json(["wait", "x", "--state", state])).session;
}

test("reported, with a reason: shown everywhere, kept over a new host, done at the end", async () => {
  await using box = sandbox();
  await repeater(box);
  expect(await box.json(["status", "x"])).toMatchObject({ session: { agent_state: null, agent_reason: null } });
  const { session } = await box.json(["report", "blocked", "x", "--reason", "may I delete build/?"]);
  const blocked = { agent_state: "blocked", agent_reason: "may I delete build/?" };
  expect(session).toMatchObject(blocked);
  expect(await box.ok(["list"])).toContain("running (blocked)");
  expect(await box.ok(["status", "x"])).toContain("blocked: may I delete build/?");
  await killHost(box);
  expect(await box.json(["status", "x"])).toMatchObject({ session: { ...blocked, agent_since: session.agent_since } });
  const waiting = box.json(["wait", "x", "--state", "done"]);
  await box.kill("x");
  expect(await waiting).toMatchObject({
    matched: true,
    session: { agent_state: "done", agent_reason: "killed SIGKILL" },
  });
  expect(await box.ok(["list"])).not.toContain("(done)");
  const events = (await box.ok(["events", "x", "--json"])).split("\n").filter((line) => line.includes('"agent_state"'));
  expect(events.map((line) => JSON.parse(line))).toMatchObject([
    { state: "blocked", reason: "may I delete build/?", source: "report" },
    { state: "done", source: "end" },
  ]);
});

test("reported for a session that is named by its workspace and role; two ways to name one exclude each other", async () => {
  await using box = shared();
  await box.start("x", ["sleep", "1000"], ["--workspace", "home", "--role", "agent"]);
  const byRole = ["--workspace", "home", "--role", "agent"];
  expect((await box.json(["report", "done", ...byRole])).session).toMatchObject({ name: "x", agent_state: "done" });
  const { code, stderr } = await box.run(["report", "done", "x", ...byRole]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("exclude each other")]);
  expect((await box.run(["report", "done", "--role", "agent"])).code).toBe(2);
});

test("reported from inside the session, without naming it", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", `${BIDE} report working --reason thinking; exec sleep 1000`]);
  expect(await box.json(["wait", "x", "--state", "working"])).toMatchObject({ session: { agent_reason: "thinking" } });
});

test("reports, trusted alone until one says none", async () => {
  await using box = shared();
  await repeater(box, AGENT);
  await box.ok(["report", "working", "x"]);
  await box.ok(["send", "x", "\\033]9;needs your permission\\007\\033]0;✳ topic\\007seen", "--enter"]);
  await box.ok(["wait", "x", "--contains", "seen"]);
  expect((await box.json(["status", "x"])).session.agent_state).toBe("working");
  await box.ok(["report", "none", "x"]);
  expect((await after(box, "\\033]9;needs your permission now\\007", "blocked")).agent_state).toBe("blocked");
});

test("titles of an agent, its spinner works and its star is idle", async () => {
  await using box = shared();
  await repeater(box, AGENT);
  expect(await after(box, "\\033]0;✳ topic\\007", "idle")).toMatchObject({ agent_reason: "✳ topic" });
  expect(await after(box, "\\033]2;⠂ topic\\007", "working")).toMatchObject({ agent_reason: "⠂ topic" });
  expect(await after(box, "\\033]0;✋ Action Required\\007", "blocked")).toMatchObject({ title: "✋ Action Required" });
});

test("a notification that asks, blocked until it is answered; one that tells, done; progress, working", async () => {
  await using box = shared();
  await repeater(box);
  const asking = "\\033]777;notify;Agent;needs your permission to use rm\\007";
  expect(await after(box, asking, "blocked")).toMatchObject({ agent_reason: "Agent: needs your permission to use rm" });
  expect(await after(box, "yes", "working")).toMatchObject({ agent_reason: "answered" });
  expect(await after(box, "\\033]9;turn complete\\007", "done")).toMatchObject({ agent_reason: "turn complete" });
  expect(await after(box, "\\033]9;4;1;20\\007", "working")).toMatchObject({ agent_reason: "progress 20%" });
});

test("an agent that only prints, working while it does and idle when it is still", async () => {
  await using box = shared();
  await box.start(
    "x",
    ["sh", "-c", "read -r _; i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo $i; sleep 0.1; done; read -r _"],
    AGENT,
  );
  const states: string[] = [];
  for (const state of ["working", "idle"])
    states.push((await box.json(["wait", "x", "--state", state])).session.agent_state);
  await box.ok(["send", "x", "--enter"]);
  for (const state of ["working", "idle"])
    states.push((await box.json(["wait", "x", "--state", state])).session.agent_state);
  expect(states).toEqual(["working", "idle", "working", "idle"]);
});

test("a plain shell with titles, progress and much output, no state", async () => {
  await using box = shared();
  await repeater(box);
  await box.ok(["send", "x", "\\033]0;⠂ npm install\\007\\033]9;4;1;50\\007seen", "--enter"]);
  await box.ok(["wait", "x", "--contains", "seen"]);
  expect((await box.json(["status", "x"])).session.agent_state).toBeNull();
});

test("an unknown state 2, an ended session 4, none at all 3", async () => {
  await using box = shared();
  await box.start("x", ["true"]);
  await box.ok(["wait", "x"]);
  const codes = [["report", "asleep", "x"], ["report", "idle", "x"], ["report", "idle"], ["report"]];
  const ran = await Promise.all(codes.map((args) => box.run(args)));
  expect(ran.map(({ code }) => code)).toEqual([2, 4, 3, 2]);
});
