// A process that dies between two of its file operations: strace attaches to it and kills it as it begins a certain one.
// The operations are those that change files or open them; the main thread of a host or worker does all of them (src/store).

import type { test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needs } from "../support/needs.ts";

const OPERATIONS = "/^(mkdir|open|write|pwrite|rename|link|unlink|rmdir|fsync|fdatasync|ftruncate|fallocate|flock)";

/** The `nth` call of that name, counted from 1. */
export interface Operation {
  readonly call: string;
  readonly nth: number;
}

export interface Passed {
  /** What it did, in order; the one that it died at is the last. */
  readonly operations: readonly Operation[];
  /** As strace shows the one that it died at; undefined when it did not come to that. */
  readonly diedAt: string | undefined;
}

export class CrashPoint {
  readonly #strace: Bun.Subprocess<"ignore", "ignore", "pipe">;
  readonly #directory: string;
  readonly #at: Operation | undefined;

  private constructor(
    strace: Bun.Subprocess<"ignore", "ignore", "pipe">,
    directory: string,
    at: Operation | undefined,
  ) {
    this.#strace = strace;
    this.#directory = directory;
    this.#at = at;
  }

  /** Resolves when the process `pid` will die at that operation, counted from now on; without one it is only watched. */
  static async set(pid: number, at?: Operation): Promise<CrashPoint> {
    const directory = mkdtempSync(join(tmpdir(), "bide-crash-"));
    const inject = at === undefined ? [] : ["-e", `inject=${at.call}:signal=KILL:when=${at.nth}`];
    const strace = Bun.spawn(
      ["strace", "-o", join(directory, "trace"), "-e", `trace=${OPERATIONS}`, ...inject, "-p", `${pid}`],
      { stdin: "ignore", stdout: "ignore", stderr: "pipe" },
    );
    let said = "";
    const decoder = new TextDecoder();
    for await (const bytes of strace.stderr) {
      said += decoder.decode(bytes);
      if (said.includes("attached")) return new CrashPoint(strace, directory, at);
    }
    throw new Error(`strace did not attach to ${pid}: ${said}`);
  }

  /** Lets go of the process. */
  async passed(): Promise<Passed> {
    this.#strace.kill("SIGINT");
    await this.#strace.exited;
    const trace = readFileSync(join(this.#directory, "trace"), "utf8");
    rmSync(this.#directory, { recursive: true });
    const counts = new Map<string, number>();
    const operations: Operation[] = [];
    let diedAt: string | undefined;
    // Signals and the end begin with --- and +++.
    for (const line of trace.split("\n")) {
      const call = /^[a-z0-9_]+/.exec(line)?.[0];
      if (call === undefined) continue;
      const nth = (counts.get(call) ?? 0) + 1;
      counts.set(call, nth);
      operations.push({ call, nth });
      if (call === this.#at?.call && nth === this.#at.nth) diedAt = line;
    }
    return { operations, diedAt };
  }
}

/** As `needs`. Where nobody may be traced (some containers, Yama) the tests are left out with a word, which is no failure. */
export const needsStrace: typeof test =
  Bun.which("strace") === null || (await mayTrace()) ? needs("strace") : (leftOut as unknown as typeof test);

async function mayTrace(): Promise<boolean> {
  const other = Bun.spawn(["cat"], { stdin: "pipe", stdout: "ignore" });
  const point = await CrashPoint.set(other.pid).catch(() => undefined);
  await point?.passed();
  await other.stdin.end();
  await other.exited;
  return point !== undefined;
}

function leftOut(title: string): void {
  console.error(`not run here, strace may attach to nobody: ${title}`);
}
