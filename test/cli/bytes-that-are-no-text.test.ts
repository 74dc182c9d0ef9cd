// Words of the command line that are no UTF-8 (a name in Latin-1, one byte of a sequence): typed and written byte for byte,
// and refused where bide could only pass on something else.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** `bide WORDS`, each as printf has it. */
function bide(box: Sandbox, words: readonly string[], { before = "", input = "" } = {}) {
  const made = words.map((word) => `"$(printf -- '${word}')"`).join(" ");
  const script = `${before} exec "$0" ${made}`;
  const { exitCode, stdout, stderr } = Bun.spawnSync(["sh", "-c", script, BIDE], {
    env: box.env,
    cwd: box.root,
    stdin: Buffer.from(input, "latin1"),
  });
  return { code: exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}

// The kernel keeps the words as they were.
const onLinux = needs("prlimit");

onLinux("send, every byte as it was given, between others and in pastes", async () => {
  await using box = sandbox();
  await box.start("x", [
    "sh",
    "-c",
    "stty raw -echo; echo ready; head -c 21 | od -An -v -tx1 | tr -d ' \\n'; echo .; cat",
  ]);
  await box.printed("x", "ready");
  expect(bide(box, ["send", "x", "a\\351b", "\\303\\251\\200\\377", "\\357\\277\\275"])).toMatchObject({ code: 0 });
  expect(bide(box, ["send", "x", "--text", "\\342\\202", "--paste"])).toMatchObject({ code: 0 });
  expect(bide(box, ["send", "x", "--json", "--text=\\360\\237\\230\\200\\355\\240\\200"]).stdout).toContain(
    '"bytes":7',
  );
  expect(await box.printed("x", ".")).toContain("61e96220c3a980ff20efbfbde282f09f9880eda080".slice(0, 42));
});

onLinux("write, to a file whose name is no text", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-i"]);
  const { code, stdout, stderr } = bide(box, ["write", "x", `${box.root}/caf\\351`, "--json"], { input: "new" });
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout).path).toBe(`${box.root}/caf\ufffd`);
  const names = readdirSync(Buffer.from(box.root), { encoding: "buffer" }).map((name) => name.toString("latin1"));
  expect(names).toContain("caf\xe9");
  const path = Buffer.concat([Buffer.from(`${box.root}/caf`), Buffer.of(0xe9)]);
  expect(readFileSync(path, "utf8")).toBe("new");
});

onLinux("start, run, prompt, print and names, refused with 2 before anything is done", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  for (const words of [
    ["start", "-n", "y", "--", "touch", "caf\\351"],
    ["start", "-n", "y", "--env", "A=\\351", "--", "cat"],
    ["start", "-n", "y", "--cwd", "caf\\351", "--", "cat"],
    ["run", "--", "touch", "caf\\351"],
    ["run", "y", "--", "touch caf\\351"],
    ["prompt", "x", "caf\\351"],
    ["print", "x", "caf\\351"],
    ["send", "x", "--key", "\\351"],
    ["label", "x", "a=\\351"],
  ]) {
    const { code, stdout, stderr } = bide(box, words);
    expect([words, code, stdout, stderr]).toEqual([words, 2, "", expect.stringContaining("no UTF-8")]);
  }
  // What is meant is there: the sign that stands for what cannot be read.
  expect(bide(box, ["label", "x", "a=\\357\\277\\275"])).toMatchObject({ code: 0 });
  expect(await box.ok(["list", "--all", "--short"])).toBe("x\n");
  expect(existsSync(join(box.root, "caf\ufffd"))).toBe(false);
});

test("a script or a prompt on standard input that is no UTF-8, refused with 2", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  for (const args of [["run"], ["run", "y"], ["prompt", "x", "-"]]) {
    const { code, stderr } = await box.run(args, { input: Buffer.from("echo caf\xe9", "latin1") });
    expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining("no UTF-8")]);
  }
  expect(await box.ok(["list", "--all", "--short"])).toBe("x\n");
});

onLinux("a directory whose name is no text, told that it is this that start cannot pass on", async () => {
  await using box = sandbox();
  const { code, stderr } = bide(box, ["start", "--", "pwd"], {
    before: `mkdir "$(printf 'caf\\351')"; cd "$(printf 'caf\\351')";`,
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining("no UTF-8")]);
});
