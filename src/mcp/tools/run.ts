// run: a command to its end, with its exit code and what it printed. In a session's shell the next command finds the
// directory and the variables that this one left; without a session it has one of its own.

import * as v from "valibot";
import { BideError } from "../../base/errors.ts";
import type { Bide } from "../../client/bide.ts";
import type { Run, RunEnd } from "../../client/run/run.ts";
import type { StartOptions } from "../../protocol/session.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";
import { lastLines } from "../capped-text.ts";
import { defineTool, MAX_CHARS, SESSION, seconds, type Tool } from "../tool.ts";
import type { StartWish } from "./start.ts";

const MOST_SECONDS = 600;
const DEFAULT_SECONDS = 50;
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
      "missing), which keeps directory and variables between commands. Without: in a session of its own. A command that " +
      "is not done in time goes on; then use wait, logs or commands.",
    input: v.strictObject({
      command: v.pipe(v.string(), v.minLength(1), v.description("shell text, one line or a whole script")),
      session: v.optional(SESSION),
      cwd: v.pipe(v.optional(v.string()), v.description("without session: the directory")),
      timeout: seconds(MOST_SECONDS, `answer after; ${DEFAULT_SECONDS} unless given`),
      max_chars: MAX_CHARS,
    }),
    reads: false,
    async call({ command, session, cwd, timeout = DEFAULT_SECONDS, max_chars }, { host, signal }) {
      const bide = await host.connect();
      const wish = { cwd, env: {}, size: undefined };
      const run =
        session === undefined
          ? await bide.runAlone(startOptions({ ...wish, argv: ["sh", "-c", command], name: undefined }))
          : await inShell(bide, session, command, () => startOptions({ ...wish, argv: shell(), name: session }));
      const output = new LastLines();
      try {
        const end = await follow(run, output, timeout * 1000, signal);
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

/** In the session's shell; a session of that name is started when there is none. */
async function inShell(bide: Bide, session: string, command: string, options: () => StartOptions): Promise<Run> {
  const detach = { detach: true };
  try {
    return await bide.run(session, command, detach);
  } catch (error) {
    if (!(error instanceof BideError && error.code === "session_not_found")) throw error;
  }
  const created = await bide.request("session.start", { ...options(), role: "shell" });
  return bide.run(created.session.session_id, command, detach);
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
