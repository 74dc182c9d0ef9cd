// Issue 4, the MCP server, driven by the official client: what each tool answers, that answers are capped and can be
// gone on from, and that nothing is lost when host or server end.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { AgentClient } from "./agent-client.ts";

// Each starts an agent's server, a host and programs, one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

// Before the sandbox, which wants to find nothing of it.
let agentOfAll: AgentClient | undefined;
afterAll(() => agentOfAll?.[Symbol.asyncDispose]());
const shared = sharedSandbox();

/** An agent that has its server for many tests, as agents do. */
async function sharedAgent(box: Sandbox): Promise<AgentClient> {
  agentOfAll ??= await AgentClient.start(box);
  return agentOfAll;
}

test("the list of tools, few, each with a description, a schema of an object, and what it does to the world", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  const { tools } = await agent.client.listTools();
  expect(tools.map(({ name }) => name).join(" ")).toBe(
    "start list status screen logs send prompt run commands wait stop restart",
  );
  for (const { name, description, inputSchema, annotations } of tools) {
    expect(description?.length).toBeGreaterThan(30);
    expect(inputSchema.type).toBe("object");
    expect(annotations?.readOnlyHint).toBe(["list", "status", "screen", "logs", "commands", "wait"].includes(name));
  }
  expect(agent.client.getServerVersion()?.name).toBe("bide");
  // What a model reads before it has done anything.
  expect(JSON.stringify(tools).length).toBeLessThan(12_000);
});

test("a session from start to stop, each tool tells what happened", async () => {
  await using box = sandbox();
  await using agent = await AgentClient.start(box, { GREETING: "hello" });
  const started = await agent.call("start", {
    argv: ["sh", "-c", 'echo "$GREETING from $PWD as $MORE"; read -r line; echo "got $line"; read -r end; exit 7'],
    name: "work",
    env: { MORE: "more" },
    rows: 10,
    cols: 50,
  });
  expect(started.data.session).toMatchObject({ name: "work", state: "running", cwd: box.home });
  await box.printed("work", "as more");
  const screen = await agent.call("screen", { session: "work" });
  expect(screen.text).toContain(`hello from ${box.home} as more`);
  expect(screen.data).toMatchObject({ rows: 10, cols: 50, alternate: false });

  expect((await agent.call("send", { session: "work", text: "a word", enter: true })).data.bytes).toBe(7);
  await box.printed("work", "got a word");
  const changed = await agent.call("screen", { session: "work", since: screen.data.hash });
  expect(changed.text).toContain("got a word");
  expect(changed.text).not.toContain("hello");

  await agent.call("send", { session: "work", keys: ["Enter"] });
  await box.event("work", ({ event }) => event === "exited");
  expect((await agent.call("status", { session: "work" })).data.session).toMatchObject({
    state: "exited",
    exit_code: 7,
  });
  expect((await agent.call("logs", { session: "work" })).text).toContain("got a word");
  expect((await agent.call("list")).text).toBe("no sessions");
  expect((await agent.call("list", { all: true })).text).toContain("work (%0): exited with 7");
});

test("logs with a cursor, every line once and in order however small the answers", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("count", ["sh", "-c", "seq 3000; printf 'no line end'"]);
  await box.event("count", ({ event }) => event === "exited");
  const lines: string[] = [];
  let cursor = 0;
  for (;;) {
    const { text, data } = await agent.call("logs", { session: "count", cursor, max_chars: 1000 });
    expect(text.length).toBeLessThan(1100);
    lines.push(...text.replace(/\n\(more from cursor \d+\)$/, "").split("\n"));
    cursor = data.cursor;
    if (!data.more) {
      expect(data.ended).toBe(true);
      break;
    }
  }
  expect(lines).toEqual([...Array.from({ length: 3000 }, (_, index) => String(index + 1)), "no line end"]);
  const tail = await agent.call("logs", { session: "count", tail: 2 });
  expect(tail.text).toBe("3000\nno line end");
});

test("logs with wait, answered when something is printed", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("slow", ["sh", "-c", "stty -echo; echo ready; read -r line; echo after; read -r line"]);
  await box.printed("slow", "ready");
  const { data } = await agent.call("logs", { session: "slow" });
  const waiting = agent.call("logs", { session: "slow", cursor: data.cursor, wait: 60 });
  await agent.call("send", { session: "slow", enter: true });
  expect((await waiting).text).toBe("after");
});

needs("bash")(
  "run in a session's shell, created for it, which keeps directory and variables between commands",
  async () => {
    await using box = shared();
    await using agent = await AgentClient.start(box, { SHELL: "/bin/bash" });
    const first = await agent.call("run", { session: "sh", command: "cd / && X=kept; echo 'one; two'; false" });
    expect(first.text).toBe("exit code 1\none; two");
    expect(first.data).toMatchObject({ session: "sh", exit_code: 1, timed_out: false, left_out: 0 });
    expect((await agent.call("run", { session: "sh", command: 'echo "$X $PWD"' })).text).toBe("exit code 0\nkept /");
    const { data } = await agent.call("commands", { session: "sh", last: 1 });
    expect(data.commands).toMatchObject([{ text: 'echo "$X $PWD"', cwd: "/", exit_code: 0 }]);
    const again = await agent.call("logs", { session: "sh", cursor: data.commands[0].output_start });
    expect(again.text).toContain("kept /");
  },
);

test("run without a session, in one of its own, its end readable afterwards", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  const { text, data } = await agent.call("run", { command: "seq 3000; exit 9", cwd: "/", max_chars: 200 });
  expect(text).toMatch(/^exit code 9\n\(29\d\d lines above left out: they are in the log\)\n/);
  expect(text.endsWith("\n2999\n3000")).toBe(true);
  expect((await agent.call("status", { session: data.session_id })).data.session).toMatchObject({
    exit_code: 9,
    cwd: "/",
  });
});

test("run that is not done in time, goes on and can be waited for", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  const begun = await agent.call("run", { command: "echo begun; read -r line; exit 4", timeout: 0.2 });
  expect(begun.data).toMatchObject({ timed_out: true, exit_code: null });
  const { session_id } = begun.data;
  await agent.call("send", { session: session_id, enter: true });
  expect((await agent.call("wait", { session: session_id, timeout: 60 })).data.session.exit_code).toBe(4);
});

needs("bash")("run in a shell that is not done in time, waited for as a task, then for the prompt", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("sh", ["bash"]);
  const command = "echo begun; read -r line; (exit 4)";
  expect((await agent.call("run", { session: "sh", command, timeout: 0.5 })).data.timed_out).toBe(true);
  const task = agent.call("wait", { session: "sh", until: "task", timeout: 60 });
  await agent.call("send", { session: "sh", enter: true });
  expect((await task).data).toMatchObject({ matched: true, exit_code: 4 });
  expect((await agent.call("wait", { session: "sh", until: "prompt", timeout: 60 })).data.matched).toBe(true);
});

needs("bash")(
  "several runs at once in a shell that is not there yet, each is run once, one after the other",
  async () => {
    await using box = shared();
    await using agent = await AgentClient.start(box, { SHELL: "/bin/bash" });
    const words = ["one", "two", "three", "four"];
    const answers = await Promise.all(
      words.map((word) => agent.call("run", { session: "sh", command: `echo ${word}` })),
    );
    expect(answers.map(({ text }) => text)).toEqual(words.map((word) => `exit code 0\n${word}`));
  },
);

needs("bash")("a run in a shell that is busy with another one, its turn comes or it is not run at all", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("sh", ["bash"]);
  const first = { session: "sh", command: "echo begun; read -r line", timeout: 0.5 };
  expect((await agent.call("run", first)).data.timed_out).toBe(true);
  const late = await agent.call("run", { session: "sh", command: "echo never", timeout: 0.5 });
  expect(late).toMatchObject({ failed: true, text: expect.stringContaining("timed_out") });
  const cancelled = new AbortController();
  const given = agent.call("run", { session: "sh", command: "echo nor this" }, cancelled.signal);
  cancelled.abort();
  await expect(given).rejects.toThrow();
  const second = agent.call("run", { session: "sh", command: "echo second" });
  await agent.call("send", { session: "sh", enter: true });
  expect((await second).text).toBe("exit code 0\nsecond");
  const { data } = await agent.call("commands", { session: "sh" });
  expect(data.commands.map(({ text }: { text: string }) => text)).toEqual([first.command, "echo second"]);
});

test("prompt, a composer takes the text, and a session that is none does not", async () => {
  await using box = sandbox();
  await using agent = await AgentClient.start(box);
  const composer = join(import.meta.dir, "../programs/composer-plain.ts");
  await box.start("agent", [process.execPath, composer, join(box.root, "heard")], ["--size", "60x15"]);
  const { data } = await agent.call("prompt", { session: "agent", text: "do it" });
  expect(data).toMatchObject({ result: "submitted", reason: null, enters: 1 });
  expect(readFileSync(join(box.root, "heard"), "utf8")).toContain("do it");
  expect((await agent.call("prompt", { session: "nobody", text: "do it" })).text).toContain("session_not_found");
});

test("wait, what is there already, what comes, what times out and what can never come", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("w", ["sh", "-c", "stty -echo; echo ready 1; read -r line; echo answer 42; read -r line; exit 3"]);
  const ready = await agent.call("wait", { session: "w", until: "contains", text: "ready", timeout: 30 });
  expect(ready.data).toMatchObject({ matched: true, line: "ready 1" });
  const waiting = agent.call("wait", { session: "w", until: "regex", text: "answer [0-9]+", timeout: 30 });
  await agent.call("send", { session: "w", enter: true });
  expect((await waiting).data.line).toBe("answer 42");
  const late = await agent.call("wait", { session: "w", until: "contains", text: "never", timeout: 0.05 });
  expect(late.data).toMatchObject({ matched: false, timed_out: true, ended: false });
  const end = agent.call("wait", { session: "w", timeout: 30 });
  const never = agent.call("wait", { session: "w", until: "contains", text: "never", timeout: 30 });
  await agent.call("send", { session: "w", enter: true });
  expect((await end).data.session).toMatchObject({ state: "exited", exit_code: 3 });
  expect((await never).data).toMatchObject({ matched: false, timed_out: false, ended: true });
  expect((await agent.call("wait", { session: "w", until: "regex" })).text).toContain("usage");
});

test("a wait that the agent cancels, ends at once and the server goes on", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("w", ["cat"]);
  const stop = new AbortController();
  const waiting = agent.call("wait", { session: "w", timeout: 600 }, stop.signal).catch(() => "cancelled");
  await agent.call("status", { session: "w" });
  stop.abort();
  expect(await waiting).toBe("cancelled");
  expect((await agent.call("status", { session: "w" })).failed).toBe(false);
});

test("restart, what an agent is told to do about a session that has ended: its shell runs commands again", async () => {
  await using box = sandbox();
  await using agent = await AgentClient.start(box);
  await agent.call("run", { session: "shell", command: "cd / && echo first" });
  await agent.call("run", { session: "shell", command: "exit 3" });
  const refused = await agent.call("run", { session: "shell", command: "echo more" });
  expect(refused.failed).toBe(true);
  expect(refused.text).toContain("session_ended");
  expect(refused.text).toContain("restart");
  const { session } = (await agent.call("restart", { session: "shell" })).data;
  expect(session).toMatchObject({ name: "shell", state: "running", exit_code: null });
  expect((await agent.call("run", { session: "shell", command: "echo second" })).text).toBe("exit code 0\nsecond");
  expect((await agent.call("logs", { session: "shell" })).text).toContain("first");
  const live = await agent.call("restart", { session: "shell" });
  expect([live.failed, live.text]).toEqual([true, expect.stringContaining("session_live")]);
});

test("stop and kill, the session is down when the answer comes", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("one", ["sleep", "1000"]);
  await box.start("two", ["sleep", "1000"]);
  expect((await agent.call("stop", { session: "one" })).data.sessions[0].state).not.toBe("running");
  expect((await agent.call("stop", { session: "two", kill: true })).data.sessions[0]).toMatchObject({
    state: "killed",
  });
});

test("what cannot be done, an error with code and hint and the server goes on", async () => {
  await using box = sandbox();
  await using agent = await AgentClient.start(box);
  const missing = await agent.call("screen", { session: "nobody" });
  expect(missing).toMatchObject({ failed: true });
  expect(missing.text).toContain("session_not_found");
  expect(missing.text).toContain("hint: ");
  expect((await agent.call("start", { argv: ["/no/such/program"] })).text).toContain("program_not_found");
  expect((await agent.call("send", { session: "nobody" })).text).toContain("usage");
  expect((await agent.call("logs", { session: "x", tail: 0 })).failed).toBe(true);
  expect((await agent.call("list")).failed).toBe(false);
});

test("an argument that a tool does not know, or that needs another one, an error and nothing is done", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  const { tools } = await agent.client.listTools();
  for (const { inputSchema } of tools) expect(inputSchema.additionalProperties).toBe(false);
  await box.start("over", ["true"]);
  await box.event("over", ({ event }) => event === "exited");
  const misnamed = await agent.call("wait", { session: "over", contains: "never" });
  expect(misnamed).toMatchObject({ failed: true, text: expect.stringContaining("contains") });
  const halfSaid = await agent.call("wait", { session: "over", text: "never" });
  expect(halfSaid).toMatchObject({ failed: true, text: expect.stringContaining("until contains or regex") });
});

test("the host killed between two calls, the next call finds its session again", async () => {
  await using box = sandbox();
  await using agent = await AgentClient.start(box);
  await agent.call("start", { argv: ["cat"], name: "kept" });
  process.kill((await box.json(["status"])).host.pid, "SIGKILL");
  expect((await agent.call("status", { session: "kept" })).data.session.state).toBe("running");
});

test("the server ends with its standard input, sessions go on", async () => {
  await using box = shared();
  const agent = await AgentClient.start(box);
  await agent.call("start", { argv: ["cat"], name: "kept" });
  await agent.client.close();
  expect((await box.session("kept")).state).toBe("running");
});

test("resources, the screens and logs of live sessions", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  const { session_id } = await box.start("shown", ["sh", "-c", "echo on the screen; read -r line"]);
  await box.printed("shown", "on the screen");
  const { resources } = await agent.client.listResources();
  expect(resources.map(({ uri }) => uri)).toEqual([
    `bide://sessions/${session_id}/screen`,
    `bide://sessions/${session_id}/log`,
  ]);
  for (const { uri } of resources) {
    const { contents } = await agent.client.readResource({ uri });
    expect(contents).toEqual([{ uri, mimeType: "text/plain", text: "on the screen" }]);
  }
});

test("output that pretends to be something else, shown with its control characters visible", async () => {
  await using box = shared();
  const agent = await sharedAgent(box);
  await box.start("bad", ["sh", "-c", "printf '\\033]0;ti\\342\\200\\256tle\\007plain\\n'; read -r line"]);
  await box.printed("bad", "plain");
  const { text, data } = await agent.call("screen", { session: "bad" });
  expect(`${text}${JSON.stringify(data)}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});
