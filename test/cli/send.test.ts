// `send`: what is typed arrives, byte for byte and in order.

import { expect, setDefaultTimeout, test } from "bun:test";
import { createHash } from "node:crypto";
import { BIDE, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Shows every byte that it reads as hexadecimal, until it has read so many. */
const show = (bytes: number) => [
  "sh",
  "-c",
  `stty raw -echo; echo ready; head -c ${bytes} | od -An -tx1 -v | tr -d ' \\n'`,
];

test("text, keys and Enter, in the order given", async () => {
  await using box = shared();
  await box.start("x", show(10));
  await box.printed("x", "ready");
  const sent = await box.json(["send", "x", "--key", "C-u", "a", "b c", "--text", "d", "--key", "Up", "--enter"]);
  expect(sent).toMatchObject({ schema_version: 1, bytes: 11 });
  expect(await box.printed("x", `15${Buffer.from("a b cd\x1b[A").toString("hex")}`)).toBeString();
});

test("a paste, bracketed when the program asked for it", async () => {
  await using box = shared();
  await box.start("x", [
    "sh",
    "-c",
    "stty raw -echo; printf '\\033[?2004hready'; head -c 15 | od -An -tx1 -v | tr -d ' \\n'",
  ]);
  await box.printed("x", "ready");
  await box.ok(["send", "x", "--paste", "-"], { input: "a\nb" });
  await box.printed("x", Buffer.from("\x1b[200~a\nb\x1b[201~").toString("hex"));
});

test("3 MB on standard input, every byte in order at the pace of the program", async () => {
  await using box = shared();
  const bytes = new Uint8Array(3_000_000);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = (index * 7 + (index >> 8)) & 255;
  await box.start("x", ["sh", "-c", `stty raw -echo; echo ready; head -c ${bytes.length} | sha256sum`]);
  await box.printed("x", "ready");
  expect(await box.json(["send", "x"], { input: bytes })).toMatchObject({ bytes: bytes.length });
  await box.printed("x", createHash("sha256").update(bytes).digest("hex"));
});

test("a program that does not read, 75 after the timeout", async () => {
  await using box = shared();
  await box.start("x", ["sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"]);
  await box.printed("x", "ready");
  const { code, stderr } = await box.run(["send", "x", "--timeout", "50ms", "--json"], {
    input: "x".repeat(4_000_000),
  });
  expect([code, JSON.parse(stderr).error.code]).toEqual([75, "busy"]);
});

test("standard input that does not get through, it says how many bytes of all of it did", async () => {
  await using box = sandbox();
  Bun.spawnSync(["mkfifo", `${box.root}/go`]);
  await box.start("x", ["sh", "-c", "stty raw -echo; printf ready; read -r _ < go; exec cat"]);
  await box.printed("x", "ready");
  const { stderr } = await box.run(["send", "x", "--timeout", "50ms"], { input: "x".repeat(4_000_000) });
  const [, last, before] = /: (\d+) of \d+ bytes were taken in 50 ms, and the (\d+) before them\n/.exec(stderr) ?? [];
  await Bun.write(`${box.root}/go`, "!\n");
  await box.ok(["send", "x", "END"]);
  expect((await box.printed("x", "END")).length).toBe("readyEND".length + Number(last) + Number(before));
});

test("an unknown key, a bad selector and an ended session, each with its exit code", async () => {
  await using box = shared();
  await box.start("x", ["sleep", "1000"]);
  expect((await box.run(["send", "x", "--key", "Frobnicate"])).code).toBe(2);
  expect((await box.run(["send", "y", "text"])).code).toBe(3);
  expect((await box.run(["send", "x", "-", "--text", "y"])).code).toBe(2);
  await box.kill("x");
  expect((await box.run(["send", "x", "text"])).code).toBe(4);
});

test("a standard input that cannot be read, a failure of every verb that reads it", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo ready; exec sleep 1000"]);
  const shell = await box.start("shell", ["bash", "--norc"]);
  await box.ok(["wait", "shell", "--prompt"]);
  for (const args of [
    ["send", "x"],
    ["send", "x", "--paste", "-"],
    ["print", "x"],
    ["prompt", "x", "-"],
    ["attach", "x"],
    ["run", "shell"],
    ["write", "shell", "file"],
  ]) {
    const { exitCode, stderr } = Bun.spawnSync(["sh", "-c", '"$@" </', "sh", BIDE, ...args], {
      cwd: box.root,
      env: box.env,
    });
    expect([args, exitCode, stderr.toString()]).toEqual([
      args,
      1,
      "bide: cannot read standard input: it is a directory\n",
    ]);
  }
  expect(shell.state).toBe("running");
});
