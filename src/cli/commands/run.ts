// `bide run [SEL] -- CMD...`: runs a command in a session's shell, or in a session of its own, prints exactly what it
// prints and ends with its exit code. The command belongs to the session: it goes on when this command is killed.

import { BideError } from "../../base/errors.ts";
import type { Run } from "../../client/index.ts";
import { visible } from "../../terminal/visible.ts";
import { isTerminal } from "../caller-terminal.ts";
import type { Command, CommandContext } from "../command.ts";
import { writeBytes, writeJson, writeLine } from "../output.ts";
import { type Followed, followRun } from "../running/follow-run.ts";
import { OUTPUT_LIMIT, OutputText } from "../running/output-text.ts";
import { startRun } from "../running/start-run.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const detach = flags.has("detach");
  for (const flag of ["timeout", "interrupt"]) {
    if (detach && flags.has(flag)) throw new BideError("usage", `--detach and --${flag} exclude each other`);
  }
  if (flags.has("interrupt") && !flags.has("timeout")) {
    throw new BideError("usage", "--interrupt says what happens at the --timeout, which is missing");
  }
  const timeoutMs = flags.duration("timeout");
  const began = performance.now();
  const started = await startRun(context, timeoutMs);
  try {
    if (detach) {
      tellStarted(context, started);
      return 0;
    }
    const text = new OutputText();
    const followed = await followRun(started, {
      timeoutMs: timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (performance.now() - began)),
      interrupt: flags.has("interrupt"),
      output: json ? (bytes) => text.add(bytes) : await toTerminal(),
    });
    if (json) writeJson(runObject(started, followed, text));
    return followed.exitCode;
  } finally {
    started.close();
  }
};

/**
 * What the command asked its terminal has been answered in the session. This terminal would answer too, to whoever reads
 * it next. Undefined where standard output is no terminal: then every byte goes through.
 */
async function toTerminal(): Promise<((bytes: Uint8Array) => void) | undefined> {
  if (!isTerminal(1)) return undefined;
  const { QueryFilter } = await import("../../attach/query-filter.ts");
  const queries = new QueryFilter();
  return (bytes) => writeBytes(queries.push(bytes));
}

function tellStarted({ json }: CommandContext, started: Run): void {
  const { sessionName, seq } = started;
  if (json) return writeJson(runObject(started, undefined, new OutputText()));
  writeLine([sessionName, seq === null ? "-" : String(seq)].map(visible).join("\t"));
}

function runObject(started: Run, followed: Followed | undefined, text: OutputText) {
  return {
    schema_version: 1,
    session_id: started.sessionId,
    command: started.text,
    cwd: started.cwd,
    exit_code: followed?.end?.exitCode ?? null,
    signal: followed?.end?.signal ?? null,
    duration_ms: followed?.end?.durationMs ?? null,
    output: text.text,
    timed_out: followed?.timedOut ?? false,
    seq: started.seq,
    ...(text.cut ? { output_cut_at: OUTPUT_LIMIT } : {}),
  };
}
