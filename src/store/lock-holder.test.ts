import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { acquireLock } from "./lock.ts";
import { lockHolder } from "./lock-holder.ts";

const directory = mkdtempSync(join(tmpdir(), "bide-holder-"));
afterAll(() => rmSync(directory, { recursive: true }));

test.if(process.platform === "linux")(
  "a lock held, its holder; released, removed or with another pid in it, nobody",
  () => {
    const path = join(directory, "lock");
    expect(lockHolder(path)).toBeUndefined();
    const lock = unwrap(acquireLock(path));
    expect(lockHolder(path)).toBe(process.pid);
    // The pid of a living process that has nothing to do with it.
    writeFileSync(path, `${process.ppid}\n`);
    expect(lockHolder(path)).toBeUndefined();
    writeFileSync(path, `${process.pid}\n`);
    expect(lockHolder(path)).toBe(process.pid);
    lock.dispose();
    expect(lockHolder(path)).toBeUndefined();
  },
);
