// `bide tail`: several sessions in one stream, each line whole and labelled, to the last byte of each.

import { expect, setDefaultTimeout, test } from "bun:test";
import { sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

test("two sessions that print at the same time, every line whole under its own name, both ends told", async () => {
  await using box = shared();
  const count = 3000;
  // Pieces of lines, so that unlabelled bytes would certainly mix.
  const program = (tag: string) =>
    `stty -echo; echo ready; read go; for i in $(seq ${count}); do printf '${tag} '; echo $i; done; exit 3`;
  await box.start("a", ["sh", "-c", program("x")]);
  await box.start("long", ["sh", "-c", program("y")]);
  for (const name of ["a", "long"]) await box.printed(name, "ready");
  const tailing = box.spawn(["tail", "a", "long", "-n", "1"]);
  await tailing.says("a    | ready");
  await tailing.says("long | ready");
  await box.type("a", "\r");
  await box.type("long", "\r");
  const { code, stdout, stderr } = await tailing.finished;
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  const of = (label: string) => lines.filter((line) => line.startsWith(label)).map((line) => line.slice(label.length));
  const numbers = (tag: string) => Array.from({ length: count }, (_, index) => `${tag} ${index + 1}`);
  expect(of("a    | ")).toEqual(["ready", ...numbers("x")]);
  expect(of("long | ")).toEqual(["ready", ...numbers("y")]);
  expect(stderr).toContain("a    | [exited: exit 3]");
  expect(stderr).toContain("long | [exited: exit 3]");
});

test("a pattern, the last lines of each session first, a line without an end at the end", async () => {
  await using box = shared();
  await box.start("web.1", ["sh", "-c", "seq 1 30; read go; printf last"]);
  await box.start("web.2", ["sh", "-c", "echo other; read go; kill -9 $$"]);
  await box.start("db", ["sh", "-c", "echo mine; read go"]);
  await box.printed("web.1", "30\r\n");
  await box.printed("web.2", "other\r\n");
  const tailing = box.spawn(["tail", "web*", "--lines", "2"]);
  await tailing.says("web.1 | 29\nweb.1 | 30\n");
  await tailing.says("web.2 | other\n");
  for (const name of ["web.1", "web.2"]) await box.type(name, "\r");
  const { stdout, stderr } = await tailing.finished;
  expect(stdout).toContain("web.1 | last\n");
  expect(stdout).not.toContain("mine");
  expect(stdout).not.toContain("28");
  expect(stderr).toContain("web.2 | [crashed: SIGKILL]");
});

test("JSON, one object per line and one for each end", async () => {
  await using box = shared();
  const { session_id } = await box.start("a", ["sh", "-c", "echo one; exit 2"]);
  const objects = (await box.ok(["tail", "a", "--json"]))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const time = expect.stringMatching(/^\d{4}-.*Z$/);
  expect(objects).toEqual([
    { session_id, name: "a", line: "one", offset: 0, time },
    { session_id, name: "a", event: "ended", state: "exited", exit_code: 2, exit_signal: null, time },
  ]);
});

test("a worker that is killed, its end is told and the others are followed on", async () => {
  await using box = sandbox();
  const { worker_pid } = await box.start("a", ["sh", "-c", "echo first; read go"]);
  await box.start("b", ["sh", "-c", "read go; echo second"]);
  await box.printed("a", "first");
  const tailing = box.spawn(["tail", "a", "b"]);
  await tailing.says("a | first");
  process.kill(Number(worker_pid), "SIGKILL");
  await box.event("a", ({ event }) => event === "lost");
  await box.type("b", "\r");
  const { code, stderr, stdout } = await tailing.finished;
  expect(code).toBe(0);
  expect(stderr).toMatch(/a \| \[(lost|orphaned)\]/);
  expect(stdout).toContain("b | second");
});

test("the host killed in between, and a reader that leaves early", async () => {
  await using box = sandbox();
  await box.start("a", ["sh", "-c", "echo first; read go; echo second; read go"]);
  const tailing = box.spawn(["tail", "a"]);
  await tailing.says("a | first");
  process.kill((await box.json(["host", "status"])).host.pid, "SIGKILL");
  await box.type("a", "\r");
  await tailing.says("a | second");
  await box.type("a", "\r");
  expect((await tailing.finished).code).toBe(0);
  await box.start("flood", ["yes"]);
  const command = '"$0" tail flood | head -n 3';
  const { BIDE } = await import("../support/sandbox.ts");
  const head = Bun.spawnSync(["bash", "-o", "pipefail", "-c", command, BIDE], { env: box.env });
  expect([head.exitCode, head.stdout.toString()]).toEqual([0, "flood | y\nflood | y\nflood | y\n"]);
});

test("no such session, 3; the ones that are there are followed", async () => {
  await using box = shared();
  await box.start("a", ["sh", "-c", "echo one"]);
  const { code, stdout, stderr } = await box.run(["tail", "a", "nobody"]);
  expect([code, stdout]).toEqual([3, "a | one\n"]);
  expect(stderr).toContain('no session matches "nobody"');
  expect((await box.run(["tail"])).code).toBe(2);
});

test("a session that gets a longer name meanwhile, its lines go on under that name", async () => {
  await using box = sandbox();
  await box.start("a", ["sh", "-c", "echo first; read go; echo second; exit 3"]);
  await box.printed("a", "first");
  const tailing = box.spawn(["tail", "a"]);
  await tailing.says("a | first\n");
  await box.ok(["rename", "a", "a-longer-name"]);
  await box.ok(["send", "a-longer-name", "--enter"]);
  const { code, stdout, stderr } = await tailing.finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/ \| second\n$/);
  expect(stderr).toBe("a-longer-name | [exited: exit 3]\n");
});
