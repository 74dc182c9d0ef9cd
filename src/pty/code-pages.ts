// Takes the executable's code out of this process's memory until it runs again: its pages stay in the kernel's file cache
// and come back in runs of 64 KiB without a read. A burst uses megabytes of code (compilers, collector) that a quiet
// process never needs; 20 quiet workers kept 33 MB of it mapped. Called by workers and by the host when they are quiet.

import { readFileSync, readlinkSync } from "node:fs";
import { type Disposable, timeout } from "../base/disposable.ts";
import { syscall } from "./pidfd.ts";

/** `Bun.shrink` has done its work by then, with code that is not needed any more. */
const SHRUNK_MS = 300;
const DONT_NEED = 4;
/** The number of madvise(2). */
const MADVISE: Partial<Record<NodeJS.Architecture, number>> = { x64: 28, arm64: 233 };

type Range = readonly [start: number, length: number];

let code: readonly Range[] | undefined;

/**
 * Collects garbage as Bun.gc does (10 ms, at the next idle moment), drops compiled code, which comes back when it runs, and then
 * lets go of the executable's. `then` is called after that.
 */
export function giveMemoryBack(then: () => void = () => {}): Disposable {
  Bun.shrink();
  return timeout(SHRUNK_MS, () => {
    releaseCode();
    then();
  });
}

/** Under 0.1 ms; does nothing where it cannot be done. Nobody ever writes to these pages, so nothing can be lost. */
export function releaseCode(): void {
  const madvise = MADVISE[process.arch];
  if (process.platform !== "linux" || madvise === undefined) return;
  code ??= codeOfExecutable();
  for (const [start, length] of code) syscall(madvise, start, length, DONT_NEED, 0);
}

/** Only the executable's own code: a library's could hold relocations, which would be lost. */
function codeOfExecutable(): Range[] {
  try {
    const executable = ` ${readlinkSync("/proc/self/exe")}`;
    const mapped = readFileSync("/proc/self/maps", "utf8").split("\n");
    return mapped.filter((line) => line.includes(" r-xp ") && line.endsWith(executable)).map(rangeOf);
  } catch {
    return [];
  }
}

/** `1a40000-684a000 r-xp ...`, in hexadecimal. */
function rangeOf(line: string): Range {
  const [start = 0, end = 0] = line
    .slice(0, line.indexOf(" "))
    .split("-")
    .map((word) => Number.parseInt(word, 16));
  return [start, end - start];
}
