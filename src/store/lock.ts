// One writer per thing: an exclusive lock on a file, held as long as its descriptor is open.
// Called for host.lock (one host per state root) and per session directory (faults D7). The rules: a dead
// owner never blocks anybody; the file is never removed; a lock on a file that was removed or replaced
// meanwhile is none, so after locking the path is compared with what was locked.

import { closeSync, fstatSync, ftruncateSync, readFileSync, writeSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { lookAt } from "../base/file-kind.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { flockExclusive, unflock } from "./flock.ts";
import { openPrivateFile } from "./private-file.ts";

export interface Lock extends Disposable {
  /** False when somebody removed or replaced the file: another process may then hold "the" lock as well. */
  stillHeld(): boolean;
}

// Each round means that somebody replaced the file between open and lock.
const MOST_ROUNDS = 5;

/**
 * Takes the lock or fails at once with `busy`, naming the owner's pid. The descriptor is closed on exec,
 * so a program started meanwhile does not keep the lock (and process.execve gives it up).
 */
export function acquireLock(path: string): Result<Lock> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const opened = openPrivateFile(path, "update");
    if (!opened.ok) return opened;
    const fd = opened.value;
    const locked = flockExclusive(fd);
    if (!locked.ok) {
      closeSync(fd);
      return fail(locked.code, `cannot lock ${path}: ${locked.message}`);
    }
    if (!locked.value) {
      const owner = lockOwner(path);
      closeSync(fd);
      return fail("busy", `${path} is held by process ${owner ?? "(unknown)"}`);
    }
    if (leadsTo(path, fd)) return ok(hold(path, fd));
    closeSync(fd);
  }
  return fail("busy", `${path} is being replaced again and again`);
}

/** The pid that the last owner wrote into the file; it may be dead. Undefined when there is none. */
export function lockOwner(path: string): number | undefined {
  const opened = openPrivateFile(path, "read");
  if (!opened.ok) return undefined;
  try {
    const pid = Number(readFileSync(opened.value, "latin1").slice(0, 16).trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(opened.value);
  }
}

function hold(path: string, fd: number): Lock {
  let held = true;
  writeOwner(fd);
  return {
    stillHeld: () => held && leadsTo(path, fd),
    dispose: () => {
      if (!held) return;
      held = false;
      // A child between vfork and the end of its exec still has a copy of the descriptor, so closing alone
      // left the lock held for a moment in 66 of 400 tries (none with this).
      unflock(fd);
      closeSync(fd);
    },
  };
}

function writeOwner(fd: number): void {
  try {
    ftruncateSync(fd, 0);
    writeSync(fd, `${process.pid}\n`, 0);
  } catch {
    // A full disk costs the pid in the other side's message; the lock itself needs no space.
  }
}

function leadsTo(path: string, fd: number): boolean {
  const found = lookAt(path);
  if (!found.ok || found.value === undefined) return false;
  const ours = fstatSync(fd);
  return found.value.ino === ours.ino && found.value.dev === ours.dev;
}
