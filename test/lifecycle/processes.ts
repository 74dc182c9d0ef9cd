// Waiting for and ending processes that are no children of the test: hosts, workers and their programs. Used by the
// tests of lifecycle/ and durability/. The rule: nothing is waited for by time alone, and a wait that never comes true
// says what it waited for.

import { readFileSync } from "node:fs";
import { identify, isAlive } from "../../src/pty/identity.ts";

/** Far more than anything takes on a busy machine; only a broken promise waits this long. */
const DEADLINE_MS = 30_000;
const LOOK_MS = 5;

/** Resolves with the first value that is not undefined, null or false. */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`never came true: ${what}`);
    await Bun.sleep(LOOK_MS);
  }
}

/** Resolves when the process is over (a zombie that waits for its parent is). */
export async function gone(pid: number): Promise<void> {
  const identity = identify(pid);
  if (identity !== null) await until(`process ${pid} is gone`, () => !isAlive(identity));
}

/** kill -9, and its outcome waited for. */
export async function kill9(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await gone(pid);
}

export function isRunning(pid: number): boolean {
  const identity = identify(pid);
  return identity !== null && isAlive(identity);
}

/** The letter of /proc/PID/stat: R, S, T (stopped), Z (over, not reaped), ... */
export function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[0];
}

/** Processor time that a process has used, in clock ticks (100 a second). */
export function ticksOf(pid: number): number {
  const stat = statOf(pid);
  return Number(stat?.[11]) + Number(stat?.[12]);
}

/** Resident memory in KiB. */
export function residentKib(pid: number): number {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

/** The fields of /proc/PID/stat from the state on; undefined when there is no such process. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
