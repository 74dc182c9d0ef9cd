// Follows a run to its end, or until the time is over or the user has had enough. Ctrl-C is passed on to the command
// once; the second one leaves it alone. Used by `run`.

import { timeout } from "../../base/disposable.ts";
import type { Run, RunEnd } from "../../client/index.ts";
import { say, writeBytes } from "../output.ts";

export interface FollowOptions {
  readonly timeoutMs: number | undefined;
  /** At the timeout: Ctrl-C for the command. */
  readonly interrupt: boolean;
  /** Where output goes; undefined: to standard output. */
  readonly output: ((bytes: Uint8Array) => void) | undefined;
}

export interface Followed {
  /** Undefined when the command goes on. */
  readonly end: RunEnd | undefined;
  readonly timedOut: boolean;
  readonly exitCode: number;
}

/** An interrupted command gets so long to end, and to print what it still has to say. */
const INTERRUPT_MS = 2000;
const LEFT_EXIT_CODE = 130;

export async function followRun(run: Run, { timeoutMs, interrupt, output }: FollowOptions): Promise<Followed> {
  const stop = Promise.withResolvers<"timeout" | "left">();
  let timedOut = false;
  const late = () => {
    timedOut = true;
    if (!interrupt) return stop.resolve("timeout");
    void run.interrupt().catch(() => {});
    grace = timeout(INTERRUPT_MS, () => stop.resolve("timeout"));
  };
  let grace: ReturnType<typeof timeout> | undefined;
  const timer = timeoutMs === undefined ? undefined : timeout(timeoutMs, late);
  let interrupts = 0;
  const onInterrupt = () => {
    interrupts += 1;
    if (interrupts > 1) return stop.resolve("left");
    void run.interrupt().catch(() => {});
  };
  process.on("SIGINT", onInterrupt);
  try {
    const ended = await Promise.race([printAll(run, output ?? writeBytes), stop.promise]);
    if (ended === "left") {
      say(`bide: left; the command goes on in ${run.sessionName}`);
      return { end: undefined, timedOut, exitCode: LEFT_EXIT_CODE };
    }
    if (ended === "timeout") return { end: undefined, timedOut, exitCode: 124 };
    return { end: ended, timedOut, exitCode: timedOut ? 124 : (ended.exitCode ?? 1) };
  } finally {
    process.off("SIGINT", onInterrupt);
    timer?.dispose();
    grace?.dispose();
  }
}

async function printAll(run: Run, print: (bytes: Uint8Array) => void): Promise<RunEnd> {
  const output = run.output();
  for (;;) {
    const next = await output.next();
    if (next.done === true) return next.value;
    print(next.value);
  }
}
