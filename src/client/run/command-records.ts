// The commands that a session's shell ran, from its journal: for live, ended and archived sessions alike. `bide
// commands` and Bide.commands read them here.

import type { JournalEvent } from "../../protocol/both-sockets.ts";
import type { RecordedSession } from "../recorded-session.ts";

export interface CommandRecord {
  /** Counts the session's commands from 1. */
  readonly seq: number;
  readonly text: string;
  readonly cwd: string;
  /** Null while it runs, and when the shell did not say. */
  readonly exitCode: number | null;
  /** Only when the shell itself was ended by a signal. */
  readonly exitSignal: string | null;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Null while it runs. */
  readonly durationMs: number | null;
  /** Offsets of its output in the life of the session; the end is null while it runs. */
  readonly outputStart: number;
  readonly outputEnd: number | null;
  /** Given by `bide run`; false: typed. */
  readonly run: boolean;
  /** `bide`: told by bide's own integration; `osc133`: by marks that any program's output could forge. */
  readonly source: "bide" | "osc133";
}

/** Events of one request: an answer stays far below the largest frame. */
const PAGE = 1000;

/** Every command, oldest first. */
export async function readCommands(recorded: RecordedSession): Promise<CommandRecord[]> {
  const commands = new Map<number, CommandRecord>();
  for (let after = 0; ; ) {
    const { events } = await recorded.readEvents({ after_seq: after, max: PAGE });
    for (const event of events) takeEvent(commands, event);
    const last = events.at(-1);
    if (last === undefined) return [...commands.values()];
    after = last.seq;
  }
}

function takeEvent(commands: Map<number, CommandRecord>, event: JournalEvent): void {
  const { command } = event;
  if (typeof command !== "number") return;
  if (event.event === "command_started") {
    commands.set(command, {
      seq: command,
      text: textOf(event.text),
      cwd: textOf(event.cwd),
      exitCode: null,
      exitSignal: null,
      startedAt: event.time,
      durationMs: null,
      outputStart: numberOf(event.offset) ?? 0,
      outputEnd: null,
      run: event.run === true,
      source: event.source === "osc133" ? "osc133" : "bide",
    });
  }
  const started = commands.get(command);
  if (event.event !== "command_finished" || started === undefined) return;
  commands.set(command, {
    ...started,
    exitCode: numberOf(event.exit_code),
    exitSignal: typeof event.exit_signal === "string" ? event.exit_signal : null,
    durationMs: numberOf(event.duration_ms),
    outputEnd: numberOf(event.offset),
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
