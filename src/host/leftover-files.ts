// Temporary files of writers that died in the middle: nobody else removes them, and they hold what the file itself keeps
// private. Called when a session's worker is gone, and once by a new host for what the last one left anywhere: also the
// empty directory of a session that never began.

import { readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { isIdShaped } from "../base/ids.ts";
import { identify, isAlive } from "../pty/identity.ts";
import { sweepTemporaries } from "../store/atomic-file.ts";
import type { Paths } from "../store/paths.ts";
import { SERVICE_DIRECTORY } from "./service.ts";

/** Directories between two turns of the event loop: whoever asks a new host something waits for 1 ms at most. */
const AT_ONCE = 20;

/** `root`: the directory of a session. */
export function sweepSession(root: string): void {
  sweepTemporaries(root, isRunning);
  sweepTemporaries(join(root, "shell"), isRunning);
}

/**
 * Resolves when everything has been looked at. Files of processes that live stay. Called before the host has begun a
 * session of its own, whose directory is empty at first.
 */
export async function sweepEverything({ stateRoot, sessions }: Paths): Promise<void> {
  sweepTemporaries(stateRoot, isRunning);
  sweepTemporaries(join(stateRoot, SERVICE_DIRECTORY), isRunning);
  for (const [index, name] of directoriesIn(sessions).entries()) {
    if (index % AT_ONCE === 0) await new Promise<void>((resolve) => setImmediate(() => resolve()));
    sweepSession(join(sessions, name));
    if (isIdShaped(name)) removeEmpty(join(sessions, name));
  }
}

function removeEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // There is something in it, which is what sessions have.
  }
}

/** Not so a process that has ended and was not reaped yet: the host before this one may have died just now. */
function isRunning(pid: number): boolean {
  const identity = identify(pid);
  return identity !== null && isAlive(identity);
}

function directoriesIn(directory: string): string[] {
  try {
    const found = readdirSync(directory, { withFileTypes: true });
    // A link is not ours to follow.
    return found.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}
