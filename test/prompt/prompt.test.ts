// `prompt`: what was typed is in the hands of the program, or is not, and the result says which. The stand-ins
// test/programs/composer-*.ts write down what was submitted to them.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LibraryClient } from "../clients/library-client.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const PROGRAMS = resolve(import.meta.dir, "../programs");

/** Starts a stand-in and resolves to what was submitted to it so far. */
async function compose(box: Sandbox, habit: string, shows = "shortcuts"): Promise<() => string[]> {
  const file = join(box.root, "submitted");
  const program = join(PROGRAMS, `composer-${habit}.ts`);
  await box.start("x", [process.execPath, program, file], ["--size", "60x15"]);
  await box.printed("x", shows);
  return () =>
    existsSync(file)
      ? readFileSync(file, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
}

async function prompts(box: Sandbox, args: readonly string[], input?: string) {
  const { code, stdout, stderr } = await box.run(["prompt", "x", ...args, "--json"], { input: input ?? "" });
  return { code, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
}

test.each([
  ["plain"],
  ["with-its-own-cursor"],
  ["that-breaks-lines-at-fast-enters"],
  ["without-bracketed-paste"],
  ["that-spins-for-ever"],
])("a composer %s, submitted with one Enter", async (habit) => {
  await using box = shared();
  const submitted = await compose(box, habit);
  const outcome = await prompts(box, ["fix", "the tests"]);
  expect(outcome).toMatchObject({ schema_version: 1, code: 0, result: "submitted", reason: null, enters: 1 });
  expect(submitted()).toEqual(["fix the tests"]);
});

test("a composer that swallows the first Enter, submitted with the second", async () => {
  await using box = shared();
  const submitted = await compose(box, "that-swallows-the-first-enter");
  expect(await prompts(box, ["go on"])).toMatchObject({ code: 0, result: "submitted", enters: 2 });
  expect(submitted()).toEqual(["go on"]);
});

test.each([["that-never-submits"], ["that-always-breaks-lines"]])(
  "a composer %s, left as a draft, 1",
  async (habit) => {
    await using box = shared();
    const submitted = await compose(box, habit);
    expect(await prompts(box, ["go on"])).toMatchObject({ code: 1, result: "left-as-draft", enters: 3 });
    expect(submitted()).toEqual([]);
  },
);

test("several lines, one after the other, each prompt whole; a long one that wraps too", async () => {
  await using box = shared();
  const submitted = await compose(box, "plain");
  const texts = ["first\nsecond line\n\nfourth", `${"word ".repeat(40)}end`, "grüße 日本 😀"];
  for (const text of texts) expect(await prompts(box, ["-"], text)).toMatchObject({ code: 0, result: "submitted" });
  expect(submitted()).toEqual(texts);
});

test("several lines to a composer without bracketed paste, blocked and nothing typed", async () => {
  await using box = shared();
  const submitted = await compose(box, "without-bracketed-paste");
  const outcome = await prompts(box, ["-"], "one\ntwo");
  expect(outcome).toMatchObject({ code: 75, result: "blocked", reason: expect.stringContaining("each line") });
  expect(await box.ok(["screen", "x"])).not.toContain("one");
  expect(submitted()).toEqual([]);
});

test("a permission dialog, blocked with what it asks and nothing pressed", async () => {
  await using box = shared();
  const submitted = await compose(box, "that-asks-permission", "proceed");
  const blocked = { code: 75, result: "blocked", reason: "it asks: Do you want to proceed?", enters: 0 };
  expect(await prompts(box, ["go on"])).toMatchObject(blocked);
  const { code, stdout, stderr } = await box.run(["prompt", "x", "go on"]);
  expect([code, stdout, stderr]).toEqual([75, "blocked\n", "bide: x: it asks: Do you want to proceed?\n"]);
  expect(submitted()).toEqual([]);
});

test("an agent that said it is blocked, blocked with its reason", async () => {
  await using box = shared();
  const submitted = await compose(box, "plain");
  await box.ok(["report", "blocked", "x", "--reason", "may I?"]);
  expect(await prompts(box, ["go on"])).toMatchObject({ code: 75, result: "blocked", reason: "may I?" });
  expect(submitted()).toEqual([]);
});

test("a program that reads lines, submitted; one that shows nothing, blocked", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", "printf '> '; read -r line; sleep 1000"]);
  await box.printed("x", "> ");
  expect(await prompts(box, ["hello there"])).toMatchObject({ code: 0, result: "submitted", enters: 1 });
  await box.kill("x");
  await box.start("x", ["sh", "-c", "stty -echo; echo ready; sleep 1000"]);
  await box.printed("x", "ready");
  expect(await prompts(box, ["hello"])).toMatchObject({ code: 75, result: "blocked", enters: 0 });
});

test("a prompt that ends the program, 4 and told so; the worker killed meanwhile, 69", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo '?'; read -r line"]);
  await box.printed("x", "?");
  const ended = await prompts(box, ["/exit"]);
  expect([ended.code, JSON.parse(ended.stderr).error]).toMatchObject([4, { code: "session_ended" }]);
  // By the worker while it could, else by the host.
  expect(ended.stderr).toMatch(/session x (?:has ended|ended meanwhile) \(exited\)/);
  const { worker_pid } = await box.start("y", ["sh", "-c", "stty -echo; echo '?'; exec sleep 1000"]);
  await box.printed("y", "?");
  // What was typed is not shown: it is waited for.
  const prompting = box.run(["prompt", "y", "text", "--json"]);
  await box.event("y", ({ event }) => event === "input");
  process.kill(Number(worker_pid), "SIGKILL");
  expect((await prompting).code).toBe(69);
});

test("another client owns the input, 5 and nothing typed; --force types", async () => {
  await using box = shared();
  const submitted = await compose(box, "plain");
  using client = await LibraryClient.attach(box, "x", { rows: 15, cols: 60 });
  client.type("x");
  client.type("\x7f");
  const { code, stderr } = await prompts(box, ["go on"]);
  expect([code, JSON.parse(stderr).error.code, submitted()]).toEqual([5, "input_not_owned", []]);
  expect(await prompts(box, ["go on", "--force"])).toMatchObject({ code: 0, result: "submitted" });
});

test("no text 2, no session 3, an ended one 4", async () => {
  await using box = shared();
  await box.start("x", ["true"]);
  await box.event("x", ({ event }) => event === "exited");
  expect((await prompts(box, [])).code).toBe(2);
  expect((await prompts(box, [" "])).code).toBe(2);
  expect((await box.run(["prompt", "nobody", "text"])).code).toBe(3);
  expect((await prompts(box, ["text"])).code).toBe(4);
});
