// Faults P11 and D7: one owner at a time, and no lock that outlives its owner.

import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { acquireLock, lockOwner } from "./lock.ts";

const here = mkdtempSync(join(tmpdir(), "bide-lock-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const program = join(import.meta.dir, "../../test/programs/hold-lock.ts");

async function start(path: string) {
  const child = Bun.spawn([process.execPath, program, path], { stdin: "pipe", stdout: "pipe" });
  const reader = child.stdout.getReader();
  const said = new TextDecoder().decode((await reader.read()).value).trim();
  await reader.cancel();
  return { child, said };
}

test("a lock held by another process, refused with its pid; killed with -9, free at once", async () => {
  const path = join(here, "host.lock");
  const { child, said } = await start(path);
  expect(said).toBe("held");
  expect(acquireLock(path)).toMatchObject({
    ok: false,
    code: "busy",
    message: `${path} is held by process ${child.pid}`,
  });
  expect(lockOwner(path)).toBe(child.pid);
  child.kill("SIGKILL");
  await child.exited;
  const lock = unwrap(acquireLock(path));
  expect(lockOwner(path)).toBe(process.pid);
  lock.dispose();
});

test("held in this process, refused a second time here and elsewhere until it is disposed", async () => {
  const path = join(here, "own.lock");
  const lock = unwrap(acquireLock(path));
  expect(acquireLock(path).ok).toBe(false);
  expect((await start(path)).said).toBe(`busy: ${path} is held by process ${process.pid}`);
  lock.dispose();
  lock.dispose();
  unwrap(acquireLock(path)).dispose();
});

test("held while a child was started, free although the child lives on", () => {
  const path = join(here, "inherited.lock");
  const lock = unwrap(acquireLock(path));
  const child = Bun.spawn(["cat"], { stdin: "pipe" });
  lock.dispose();
  const again = acquireLock(path);
  child.kill("SIGKILL");
  unwrap(again).dispose();
});

test("the file removed or replaced, the owner notices", () => {
  const path = join(here, "removed.lock");
  const lock = unwrap(acquireLock(path));
  expect(lock.stillHeld()).toBe(true);
  rmSync(path);
  expect(lock.stillHeld()).toBe(false);
  writeFileSync(path, "");
  expect(lock.stillHeld()).toBe(false);
  lock.dispose();
});

test("ten processes at once, exactly one owner", async () => {
  const path = join(here, "crowd.lock");
  const all = await Promise.all(Array.from({ length: 10 }, () => start(path)));
  expect(all.filter(({ said }) => said === "held")).toHaveLength(1);
  for (const { child } of all) child.kill("SIGKILL");
  await Promise.all(all.map(({ child }) => child.exited));
});

test("rubbish or a link in the lock file's place, no exception", () => {
  const path = join(here, "rubbish.lock");
  writeFileSync(path, "not a pid");
  expect(lockOwner(path)).toBeUndefined();
  unwrap(acquireLock(path)).dispose();
  symlinkSync("rubbish.lock", join(here, "link.lock"));
  expect(acquireLock(join(here, "link.lock"))).toMatchObject({ ok: false, code: "unsafe_file" });
  expect(lockOwner(join(here, "missing.lock"))).toBeUndefined();
});
