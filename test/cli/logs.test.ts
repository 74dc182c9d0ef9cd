// `logs` and `events`: the same lines from a running, an ended and an archived session, to the last byte.

import { expect, setDefaultTimeout, test } from "bun:test";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Prints lines 1 to 500, then text without a line end, then hides the cursor; waits for a line before it ends. */
const NUMBERS = "seq 1 500; printf 'last\\033[?25l'; read line";

async function numbers(box: Sandbox): Promise<void> {
  await box.start("n", ["sh", "-c", `stty -echo; ${NUMBERS}`]);
  await box.printed("n", "last\x1b[?25l");
}

async function finish(box: Sandbox): Promise<void> {
  await box.type("n", "\r");
  await box.event("n", (event) => event.event === "exited");
}

async function lines(box: Sandbox, ...flags: string[]): Promise<string[]> {
  return (await box.ok(["logs", "n", ...flags])).split("\n").slice(0, -1);
}

const ALL = [...Array.from({ length: 500 }, (_, index) => String(index + 1)), "last"];
const SELECTIONS: readonly (readonly [flags: readonly string[], lines: readonly string[]])[] = [
  [[], ALL],
  [
    ["--tail", "3"],
    ["499", "500", "last"],
  ],
  [
    ["-S", "-3", "-E", "-2"],
    ["499", "500"],
  ],
  [["--since", "1h", "-S", "0", "-E", "0"], ["1"]],
  [["--tail", "0"], []],
  [["--tail", "9999"], ALL],
  [
    ["-S", "0", "-E", "1"],
    ["1", "2"],
  ],
  [
    ["-S", "498"],
    ["499", "500", "last"],
  ],
  [["-S", "-1"], ["last"]],
  [
    ["-S", "499", "-E", "-1"],
    ["500", "last"],
  ],
  [["-S=-501", "-E0"], ["1"]],
  [["-S", "5", "-E", "3"], []],
  [["-S", "1000"], []],
  [
    ["-S", "10", "-E", "19", "--tail", "2"],
    ["19", "20"],
  ],
  [["-S", "5", "-E", "3", "--tail", "2"], []],
  [
    ["-S", "-2", "--tail", "5"],
    ["500", "last"],
  ],
  [
    ["--since", "1h", "--tail", "2"],
    ["500", "last"],
  ],
];

/** What every state of the session must answer. */
async function checkSelections(box: Sandbox, selections = SELECTIONS): Promise<void> {
  for (const [flags, expected] of selections)
    expect([flags, await lines(box, ...flags)]).toEqual([flags, [...expected]]);
  expect(await box.ok(["logs", "n", "--raw", "--tail", "2"])).toBe("500\r\nlast\x1b[?25l");
}

test("selections of lines, the same while running, after the end and in the archive", async () => {
  await using box = shared();
  await numbers(box);
  await checkSelections(box);
  const some = SELECTIONS.slice(0, amount(4, SELECTIONS.length));
  await finish(box);
  await checkSelections(box, some);
  await box.ok(["delete", "n"]);
  await checkSelections(box, some);
});

test("--since a moment after the last output, nothing, also when the last line has no end", async () => {
  await using box = shared();
  await numbers(box);
  expect(await lines(box, "--since", "2099-01-01T00:00:00Z")).toEqual([]);
  expect(await box.ok(["logs", "n", "--raw", "--since", "2099-01-01T00:00:00Z"])).toBe("");
});

test("lines as JSON, each with the offset of its first byte and its time", async () => {
  await using box = shared();
  await numbers(box);
  const started = (await box.session("n")).started_at ?? "";
  const printed = (await lines(box, "--json", "--tail", "2")).map((line) => JSON.parse(line));
  const raw = await box.ok(["logs", "n", "--raw"]);
  expect(printed.map(({ line, offset }) => [line, offset])).toEqual([
    ["500", raw.indexOf("500\r\n")],
    ["last", raw.indexOf("last")],
  ]);
  for (const { time } of printed) expect(Date.parse(time)).toBeGreaterThanOrEqual(Date.parse(started));
});

test("--since, only what was printed from then on", async () => {
  await using box = shared();
  await box.start("n", ["sh", "-c", "stty -echo; echo before; read line; echo after; read line"]);
  await box.printed("n", "before");
  await box.event("n", (event) => event.event === "output");
  // The journal tells times in milliseconds and gathers output for 50: the next one is certainly later.
  const before = (await lines(box, "--json")).map((line) => JSON.parse(line).time);
  const since = new Date(Date.parse(before[0]) + 1).toISOString();
  await box.type("n", "\r");
  await box.printed("n", "after");
  expect(await lines(box, "--since", since)).toEqual(["after"]);
  expect(await lines(box, "--since", "1h")).toEqual(["before", "after"]);
  expect(await lines(box, "--since", "2099-01-01T00:00:00Z")).toEqual([]);
});

test("--follow, every byte to the last one of a program that ends, while the host is killed in between", async () => {
  await using box = sandbox();
  await box.start("n", ["sh", "-c", "stty -echo; echo first; read line; seq 1 20000; printf end"]);
  const following = box.spawn(["logs", "n", "--follow"]);
  await following.says("first\n");
  process.kill((await box.json(["host", "status"])).host.pid, "SIGKILL");
  await box.type("n", "\r");
  const { code, stdout } = await following.finished;
  expect(code).toBe(0);
  expect(stdout).toBe(`first\n${Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join("")}end\n`);
});

test("programs that print a lot and end at once, every line in the log", async () => {
  await using box = shared();
  for (const count of [1000, 30_000]) {
    const { session_id } = await box.start("n", ["seq", "1", String(count)]);
    const printed = await box.ok(["logs", session_id, "--follow"]);
    expect(printed.length).toBe(Array.from({ length: count }, (_, index) => `${index + 1}\n`).join("").length);
  }
});

test("events, as text, as JSON, the last ones, and followed to the end", async () => {
  await using box = shared();
  await box.start("n", ["sh", "-c", "read line; exit 3"]);
  const following = box.spawn(["events", "n", "--follow", "--json"]);
  await following.says('"started"');
  await box.ok(["rename", "n", "m"]);
  await box.type("m", "\r");
  const events = (await following.finished).stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const kinds = events.map(({ event }) => event);
  for (const kind of ["created", "started", "renamed", "exited"]) expect(kinds).toContain(kind);
  expect(events.find(({ event }) => event === "exited")).toMatchObject({ exit_code: 3 });
  expect((await box.ok(["events", "m", "--tail", "1"])).trimEnd().split("\n")).toHaveLength(1);
  expect(await box.ok(["events", "m", "--tail", "0"])).toBe("");
  expect(await box.ok(["events", "m"])).toContain("exit_code=3");
});

test("flags that exclude each other, usage errors", async () => {
  await using box = shared();
  for (const flags of [
    ["--raw", "--json"],
    ["--follow", "-E", "3"],
    ["--tail", "-1"],
  ]) {
    expect((await box.run(["logs", "n", ...flags])).code).toBe(2);
  }
});
