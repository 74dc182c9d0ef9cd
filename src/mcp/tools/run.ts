// run: a command to its end, with its exit code and what it printed. In a session's shell the next command finds the
// directory and the variables that this one left; without a session it has one of its own.

import * as v from "valibot";
import { BideError } from "../../base/errors.ts";
import type { Run, RunEnd } from "../../client/run/run.ts";
import type { StartOptions } from "../../protocol/session.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";
import { lastLines } from "../capped-text.ts";
import type { HostLink } from "../host-link.ts";
import { defineTool, MAX_CHARS, SESSION, seconds, type Tool } from "../tool.ts";
import type { StartWish } from "./start.ts";

const MOST_SECONDS = 600;
const DEFAULT_SECONDS = 50;
/** A free shell takes a command in a moment and a new one is there after a second, also on a busy machine. */
const LEAST_BEGIN_MS = 5000;
/** Lines that are kept while it runs; older ones are in the log. */
const MOST_LINES = 5000;

export interface RunToolOptions {
  /** Completes a wish with what a session inherits from the command that starts it. */
  readonly startOptions: (wish: StartWish) => StartOptions;
  /** The program of a session that is created for its shell. */
  readonly shell: () => readonly string[];
}

export function runTool({ startOptions, shell }: RunToolOptions): Tool {
  return defineTool({
    name: "run",
    description:
      "Run shell text and answer with its output and exact exit code. With session: in that session's shell (created if " +
      "missing), which keeps directory and variables between commands; waits for its turn. Without: in a session of its " +
      "own. A command that is not done in time goes on; then use wait, logs or commands.",
    input: v.strictObject({
      command: v.pipe(v.string(), v.minLength(1), v.description("shell text, one line or a whole script")),
      session: v.optional(SESSION),
      cwd: v.pipe(v.optional(v.string()), v.description("without session: the directory")),
      timeout: seconds(MOST_SECONDS, `answer after; ${DEFAULT_SECONDS} unless given`),
      max_chars: MAX_CHARS,
    }),
    reads: false,
    async call({ command, session, cwd, timeout = DEFAULT_SECONDS, max_chars }, { host, signal }) {
      const wish = { cwd, env: {}, size: undefined };
      const answerAt = performance.now() + timeout * 1000;
      const alone = () => startOptions({ ...wish, argv: ["sh", "-c", command], name: undefined });
      const forShell = () => startOptions({ ...wish, argv: shell(), name: session });
      const run =
        session === undefined
          ? await host.use((bide) => bide.runAlone(alone()))
          : await inTime(Math.max(LEAST_BEGIN_MS, timeout * 1000), signal, (stop) =>
              inShell(host, { session, command, options: forShell, signal: stop }),
            );
      const output = new LastLines();
      try {
        const end = await follow(run, output, Math.max(0, answerAt - performance.now()), signal);
        const { text, left } = lastLines(output.lines, max_chars);
        const dropped = output.dropped + left;
        const above = dropped > 0 ? `(${dropped} lines above left out: they are in the log)\n` : "";
        const how = end === undefined ? "still running" : `exit code ${end.exitCode ?? "unknown"}`;
        return {
          text: `${how}\n${above}${text}`,
          data: {
            session: run.sessionName,
            session_id: run.sessionId,
            command: run.seq,
            exit_code: end?.exitCode ?? null,
            signal: end?.signal ?? null,
            duration_ms: end?.durationMs ?? null,
            timed_out: end === undefined,
            left_out: dropped,
          },
        };
      } finally {
        run.close();
      }
    },
  });
}

/** Commands wait for each other. One whose turn does not come in time is not run: it would surprise whoever tried again. */
async function inTime(ms: number, signal: AbortSignal, begin: (stop: AbortSignal) => Promise<Run>): Promise<Run> {
  const late = AbortSignal.timeout(ms);
  try {
    return await begin(AbortSignal.any([signal, late]));
  } catch (error) {
    if (error !== late.reason) throw error;
    throw new BideError("timed_out", "the shell is busy with another command; this one was not run", {
      hint: "wait until its task is done, or run it without session",
    });
  }
}

interface ShellWish {
  readonly session: string;
  readonly command: string;
  readonly options: () => StartOptions;
  readonly signal: AbortSignal;
}

/** In the session's shell; a session of that name is started when there is none. */
async function inShell(host: HostLink, { session, command, options, signal }: ShellWish): Promise<Run> {
  const run = () => host.use((bide) => bide.run(session, command, { signal }));
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof BideError && error.code === "session_not_found")) throw error;
  }
  try {
    await host.request("session.start", { ...options(), role: "shell" });
  } catch (error) {
    // Another call was faster.
    if (!(error instanceof BideError && error.code === "name_taken")) throw error;
  }
  return run();
}

/** Undefined when the time is over, or nobody waits any more; the command goes on. */
async function follow(run: Run, output: LastLines, ms: number, signal: AbortSignal): Promise<RunEnd | undefined> {
  const stop = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => stop.resolve(undefined), ms);
  const leave = () => stop.resolve(undefined);
  signal.addEventListener("abort", leave, { once: true });
  const reading = readAll(run, output);
  reading.catch(() => {});
  try {
    return await Promise.race([reading, stop.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}

async function readAll(run: Run, output: LastLines): Promise<RunEnd> {
  const pieces = run.output();
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) {
      output.end();
      return next.value;
    }
    output.add(next.value);
  }
}

/** The last clean lines of what was printed, in bounded memory. */
class LastLines {
  readonly #sanitizer = new LineSanitizer();
  #lines: string[] = [];
  #dropped = 0;

  get lines(): readonly string[] {
    return this.#lines;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(bytes: Uint8Array): void {
    this.#take(this.#sanitizer.write(bytes).map((line) => line.text));
  }

  end(): void {
    this.#take(this.#sanitizer.end().map((line) => line.text));
  }

  #take(lines: readonly string[]): void {
    this.#lines.push(...lines);
    const over = this.#lines.length - MOST_LINES;
    if (over <= 0) return;
    this.#lines = this.#lines.slice(over);
    this.#dropped += over;
  }
}
