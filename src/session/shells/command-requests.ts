// `command.run`, `command.read` and `command.interrupt`: a command for the session's shell, its output as exactly its
// own bytes, and Ctrl-C for it. requests.ts calls these. A client may ask for a finished command too, as long as it is
// one of the last; older ones are in the journal.

import { timeout } from "../../base/disposable.ts";
import { BideError, unwrap } from "../../base/errors.ts";
import type { CommandInfo } from "../../protocol/command-messages.ts";
import { MAX_READ_BYTES } from "../../protocol/limits.ts";
import type { WorkerResult } from "../../protocol/worker-messages.ts";
import { startedBelow } from "../../pty/started-below.ts";
import { openLog } from "../../store/output-log-reader.ts";
import { visible } from "../../terminal/visible.ts";
import type { Connection } from "../connection.ts";
import type { Session } from "../session.ts";
import type { FinishedCommand, RunningCommand } from "./command-track.ts";
import { quoted, type ShellKind } from "./shell-start.ts";

interface RunParams {
  readonly text?: string;
  readonly argv?: readonly string[];
  readonly force: boolean;
  readonly detach: boolean;
  readonly prompt_ms: number;
}

/** What a person sees of a command in the terminal. */
const SHOWN = 200;

export async function runCommand(
  session: Session,
  params: RunParams,
  from: Connection,
): Promise<WorkerResult<"command.run">> {
  const { pty } = unwrap(session.program);
  const { name } = session.record.fields;
  const { prepared, runs } = session.shell;
  const owner = session.hub.owner;
  if (owner !== null && !params.force) {
    throw new BideError("input_not_owned", `client ${owner.id} is attached and owns the input of ${name}`);
  }
  if (prepared === undefined) {
    throw new BideError("no_shell_integration", `session ${name} has no shell that bide put its integration into`);
  }
  const text = textOf(params, prepared.kind);
  const told = (params.text ?? params.argv?.map((word) => tidy(word, prepared.kind)).join(" ") ?? "").trim();
  const [line = ""] = told.split("\n");
  const shown = visible(line.length > SHOWN || told.length > line.length ? `${line.slice(0, SHOWN)} ...` : line);
  const { givenForMs } = runs;
  if (givenForMs !== undefined && !params.detach && startedBelow(from.peerPid, pty.pid, givenForMs)) {
    throw new BideError("busy", `the shell of ${name} runs what asks for this command: it would wait for itself`, {
      hint: "run it without bide, with --detach to have it run afterwards, or in a session of its own: `bide run -- CMD`",
    });
  }
  const started = runs.add({
    text,
    told,
    shown,
    promptMs: params.prompt_ms,
    abandoned: () => !params.detach && from.closed,
  });
  // Whoever does not want to wait for it does not wait for those before it either.
  const isNext = runs.queued === 1 && session.shell.track.running === undefined;
  if (params.detach && runs.queued > 0 && !isNext) return { command: null };
  return { command: commandInfo(unwrap(await started)) };
}

function textOf({ text, argv }: RunParams, kind: ShellKind): string {
  const words = text ?? argv?.map((word) => quoted(word, kind)).join(" ") ?? "";
  if (words.trim() === "") throw new BideError("bad_value", "the command is empty");
  if (words.includes("\0")) throw new BideError("bad_value", "a command cannot hold a NUL character");
  return words;
}

/** A word as one would type it. */
function tidy(word: string, kind: ShellKind): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word, kind);
}

interface ReadParams {
  readonly command: number;
  readonly offset: number;
  readonly max: number;
  readonly wait_ms: number;
}

/** Bytes of a command's output from `offset` on; waits for more while it runs and there are none. */
export async function readCommand(
  session: Session,
  { command: seq, offset, max, wait_ms }: ReadParams,
): Promise<{ result: WorkerResult<"command.read">; bytes: Uint8Array }> {
  const found = commandOf(session, seq);
  const from = Math.max(offset, found.outputStart);
  if (wait_ms > 0 && endOf(session, found) <= from && !isFinished(found)) await somethingNew(session, wait_ms);
  const command = commandOf(session, seq);
  const end = endOf(session, command);
  session.recorder.flush();
  const log = unwrap(openLog(session.paths.root));
  try {
    const read = unwrap(log.read(from, Math.max(0, Math.min(max, MAX_READ_BYTES, end - from))));
    const bytes = read.offset < end ? read.bytes.subarray(0, end - read.offset) : new Uint8Array(0);
    // What could not be stored is passed over.
    const next = bytes.length > 0 ? read.offset + bytes.length : Math.max(from, end);
    const finished = isFinished(command) && next >= command.outputEnd;
    return { result: { offset: read.offset, next, finished, command: commandInfo(command) }, bytes };
  } finally {
    log.dispose();
  }
}

/** Ctrl-C for the command, if it still runs. */
export function interruptCommand(session: Session, { command }: { command: number }): { interrupted: boolean } {
  const running = session.shell.track.running;
  if (running?.seq !== command) return { interrupted: false };
  return { interrupted: unwrap(session.program).pty.signalForeground("SIGINT") === "sent" };
}

function commandOf(session: Session, seq: number): RunningCommand | FinishedCommand {
  const found = session.shell.track.find(seq);
  if (found === undefined) throw new BideError("bad_value", `command ${seq} is not under way, nor one of the last`);
  return found;
}

/** One past the last byte that is known to be the command's. */
function endOf(session: Session, command: RunningCommand | FinishedCommand): number {
  return isFinished(command) ? command.outputEnd : session.shell.settled;
}

function isFinished(command: RunningCommand | FinishedCommand): command is FinishedCommand {
  return "outputEnd" in command;
}

function somethingNew(session: Session, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      timer.dispose();
      output.dispose();
      stop();
      resolve();
    };
    const timer = timeout(Math.min(waitMs, MOST_WAIT_MS), done);
    const output = session.recorder.whenOutput(done);
    const stop = session.shell.track.listen((event) => event.kind === "finished" && done());
  });
}

const MOST_WAIT_MS = 60_000;

export function commandInfo(command: RunningCommand | FinishedCommand): CommandInfo {
  const { seq, text, cwd, startedAt, outputStart, source, run } = command;
  const finished = isFinished(command);
  return {
    seq,
    text,
    cwd,
    exit_code: finished ? command.exitCode : null,
    exit_signal: finished ? command.exitSignal : null,
    started_at: startedAt,
    duration_ms: finished ? command.durationMs : null,
    output_start: outputStart,
    output_end: finished ? command.outputEnd : null,
    run: run !== undefined,
    source,
  };
}
