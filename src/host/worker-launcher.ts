// Starts workers, and keeps one spare started in advance: a `start` then waits for the program alone (measured:
// a worker takes 13 ms until it can work). A worker lives in its own session, outlives the host, and hears from
// it only through its standard input until it answers.

import type { Subprocess } from "bun";
import { BideError, messageOf, unwrap } from "../base/errors.ts";
import { type Launch, type LaunchReply, LaunchReplySchema } from "../protocol/launch.ts";
import { validateJson } from "../protocol/validate.ts";

type WorkerProcess = Subprocess<"pipe", "pipe", "ignore">;

export interface LaunchedWorker {
  readonly pid: number;
  readonly reply: LaunchReply;
  /** Resolves with the signal that ended the worker, or null; never while this host does not live to see it. */
  readonly exited: Promise<string | null>;
}

export interface LauncherOptions {
  /** Program and arguments that run bide. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How many spare workers are started at most, all in all. */
  readonly spares: number;
}

/** A machine that swaps may need long to start a process; after this a start has failed. */
const REPLY_TIMEOUT_MS = 20_000;
/** Refilling at once would compete with the session that has just been started. */
const REFILL_MS = 150;

export class WorkerLauncher {
  readonly #options: LauncherOptions;
  #spare: WorkerProcess | undefined;
  #refill: Timer | undefined;
  #spares = 0;
  #stopped = false;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  /** Starts a worker for a session; throws BideError `launch_failed` when there is none to be had. */
  async launch(launch: Launch): Promise<LaunchedWorker> {
    const worker = this.#take();
    const exited = worker.exited.then(() => (worker.signalCode === null ? null : String(worker.signalCode)));
    try {
      worker.stdin.write(`${JSON.stringify(launch)}\n`);
      await worker.stdin.end();
      const line = await firstLine(worker.stdout, REPLY_TIMEOUT_MS);
      return { pid: worker.pid, reply: unwrap(validateJson(LaunchReplySchema, line, "the worker's answer")), exited };
    } catch (cause) {
      worker.kill("SIGKILL");
      throw new BideError("launch_failed", `the worker of ${launch.name} did not start: ${messageOf(cause)}`, {
        cause,
      });
    } finally {
      this.prepareSpare(REFILL_MS);
    }
  }

  /** Makes sure that a spare worker waits, from `delayMs` on. */
  prepareSpare(delayMs: number): void {
    if (this.#spares >= this.#options.spares || this.#spare !== undefined || this.#stopped) return;
    clearTimeout(this.#refill);
    this.#refill = setTimeout(() => {
      if (this.#spare !== undefined || this.#stopped) return;
      this.#spares += 1;
      this.#spare = this.#start();
    }, delayMs);
  }

  /** The spare ends by itself when its input is closed. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#refill);
    this.#spare?.stdin.end();
    this.#spare = undefined;
  }

  #take(): WorkerProcess {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined && spare.exitCode === null && spare.signalCode === null) return spare;
    return this.#start();
  }

  #start(): WorkerProcess {
    const worker = Bun.spawn([...this.#options.command, "__worker"], {
      cwd: "/",
      env: this.#options.env,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "ignore",
      detached: true,
    });
    worker.unref();
    return worker;
  }
}

async function firstLine(stream: ReadableStream<Uint8Array>, timeoutMs: number): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const timer = setTimeout(() => void reader.cancel("too late"), timeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done)
        throw new Error(text === "" ? "it ended without a word" : `it said ${JSON.stringify(text.slice(0, 200))}`);
      text += decoder.decode(value, { stream: true });
      const end = text.indexOf("\n");
      if (end >= 0) return text.slice(0, end);
    }
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
    void stream.cancel();
  }
}
