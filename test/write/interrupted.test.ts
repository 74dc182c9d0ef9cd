// `bide write` that does not come to its end: the user's Ctrl-C, the writer told to end or killed, the session killed. Nothing
// of the file is left, and the shell and its terminal are as before. A far side that hears no more gives up after 25 s.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, sharedSandbox } from "../support/sandbox.ts";
import { random, shell, shellIsFine } from "./shell.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

const shared = sharedSandbox();

/** A write whose input stays open, at the moment when its first piece has arrived. */
async function halfWritten(box: Sandbox) {
  const writing = box.spawn(["write", "w", "file"]);
  await writing.type(random(800_000));
  await box.printed("w", ";ok\x07");
  expect(readdirSync(box.home).some((name) => name.startsWith(".bide-"))).toBe(true);
  return writing;
}

test("Ctrl-C in the session, the write says so and nothing of it is left", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  const first = await halfWritten(box);
  await box.type("w", "\x03");
  await first.finishInput("");
  const { code, stderr } = await first.finished;
  expect([code, stderr]).toEqual([1, "bide: file was not written: interrupted in the session\n"]);
  await shellIsFine(box);
});

test("a write that is told to end, the file and the terminal are as before", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  const writing = await halfWritten(box);
  writing.signal("SIGTERM");
  expect((await writing.finished).code).toBe(143);
  await shellIsFine(box);
  expect(existsSync(join(box.home, "file"))).toBe(false);
});

test("a write that is killed, the far side gives up by itself", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  const writing = await halfWritten(box);
  await writing.end();
  await box.printed("w", ";gone\x07");
  await shellIsFine(box);
  expect(existsSync(join(box.home, "file"))).toBe(false);
});

test("a session that is killed meanwhile, 4", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  const writing = await halfWritten(box);
  await box.kill("w");
  await writing.finishInput("");
  expect((await writing.finished).code).toBe(4);
});
