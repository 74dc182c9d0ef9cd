// What the session's shell is doing, and the record of each command it runs: `command_started` and `command_finished`
// in the journal, with the offsets of its output. session.ts feeds it every byte, attached or not; run-queue.ts and the
// waiters listen. Rule: once a mark with this session's nonce was seen, marks without it mean nothing, so that no
// program's output can end a command.

import { monotonicMs } from "../../base/clock.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";
import type { EventLog } from "../event-log.ts";
import type { Mark } from "./mark.ts";
import { MarkScanner } from "./mark-scanner.ts";

/** `unknown`: no mark yet; `prompt`: being drawn; `input`: a line is edited; `running`: a command runs. */
export type ShellPhase = "unknown" | "prompt" | "input" | "running";

/** `bide`: the integration that bide put in; `osc133`: the shell's own marks, which any program's output can forge. */
export type MarkSource = "bide" | "osc133";

/** Of a command that is under way. */
export interface RunningCommand {
  /** Counts the session's commands from 1, over restarts too. */
  readonly seq: number;
  readonly text: string;
  readonly cwd: string;
  /** Offset of its first byte of output. */
  readonly outputStart: number;
  readonly startedAt: string;
  readonly source: MarkSource;
  /** The number that run-queue.ts gave it; undefined when somebody typed it. */
  readonly run: number | undefined;
}

export interface FinishedCommand extends RunningCommand {
  /** Null when the shell did not say. */
  readonly exitCode: number | null;
  /** Only when the shell itself was ended by it; of a command a shell tells 128 + n and no more. */
  readonly exitSignal: string | null;
  readonly outputEnd: number;
  readonly durationMs: number;
}

export type ShellEvent =
  | { readonly kind: "phase" | "busy" }
  | { readonly kind: "started"; readonly command: RunningCommand }
  | { readonly kind: "finished"; readonly command: FinishedCommand };

/** Finished commands that are remembered here; the journal has all. */
const RECENT = 64;
/** A command line may be this long in the journal, in UTF-16 units. */
const LONGEST_TEXT = 64 * 1024;
/** Echo of a line that is kept while it is edited, for shells that do not tell the line itself. */
const ECHO_BYTES = 8 * 1024;

export interface CommandTrackOptions {
  readonly journal: EventLog;
  /** Null: nothing was put into the shell. */
  readonly nonce: string | null;
  readonly cwd: string;
  /** Commands of earlier lives. */
  readonly lastSeq: number;
  /** Text of a run by its number. */
  readonly textOfRun: (run: number) => string | undefined;
}

export class CommandTrack {
  readonly #options: CommandTrackOptions;
  readonly #scanner = new MarkScanner();
  readonly #listeners = new Set<(event: ShellEvent) => void>();
  #phase: ShellPhase = "unknown";
  #source: MarkSource | undefined;
  #running: RunningCommand | undefined;
  #startedMs = 0;
  /** Finished commands, oldest first; readers of their output may be slow. */
  #recent: FinishedCommand[] = [];
  #seq: number;
  #cwd: string;
  #text: string | undefined;
  #echo: Uint8Array[] = [];
  #echoBytes = 0;
  /** Offset of the next byte. */
  #offset = 0;

  constructor(options: CommandTrackOptions) {
    this.#options = options;
    this.#seq = options.lastSeq;
    this.#cwd = options.cwd;
  }

  get phase(): ShellPhase {
    return this.#phase;
  }

  /** Undefined until the shell's first mark. */
  get source(): MarkSource | undefined {
    return this.#source;
  }

  get running(): RunningCommand | undefined {
    return this.#running;
  }

  /** The command that finished last. */
  get last(): FinishedCommand | undefined {
    return this.#recent.at(-1);
  }

  /** The command with this number, if it is under way or one of the last RECENT. */
  find(seq: number): RunningCommand | FinishedCommand | undefined {
    return this.#running?.seq === seq ? this.#running : this.#recent.find((command) => command.seq === seq);
  }

  /** Output before this offset certainly is no mark. */
  get settled(): number {
    return this.#offset - this.#scanner.held;
  }

  /** Calls `hear` for everything that happens from now on; returns how to stop. */
  listen(hear: (event: ShellEvent) => void): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  /** What the program printed; `at` is the offset of the first byte. The bytes are not kept. */
  output(bytes: Uint8Array, at: number): void {
    // Something else got offsets in between: what was begun before it is no mark.
    if (at !== this.#offset) this.#scanner.reset();
    this.#offset = at + bytes.length;
    const marks = this.#scanner.scan(bytes, at);
    let from = at;
    for (const mark of marks) {
      if (this.#phase === "input") this.#keepEcho(bytes.subarray(Math.max(0, from - at), Math.max(0, mark.start - at)));
      from = mark.end;
      if (this.#counts(mark)) this.#take(mark);
    }
    if (this.#phase === "input") this.#keepEcho(bytes.subarray(from - at));
  }

  /** The shell itself has ended: so has its command, with its code. `farewell`: bytes at the end that are the shell's. */
  ended(exitCode: number | null, exitSignal: string | null, farewell: number): void {
    const start = this.#running?.outputStart ?? 0;
    this.#finish(exitCode, Math.max(start, this.#offset - farewell), exitSignal);
    this.#phase = "unknown";
    this.#tell({ kind: "phase" });
  }

  #counts(mark: Mark): boolean {
    const { nonce } = this.#options;
    const ours = nonce !== null && mark.nonce === nonce;
    if (ours) this.#source = "bide";
    else if (this.#source === "bide") return false;
    else if (mark.kind !== "cwd") this.#source = "osc133";
    return true;
  }

  #take(mark: Mark): void {
    switch (mark.kind) {
      case "cwd":
        this.#cwd = mark.value;
        return;
      case "text":
        this.#text = mark.value;
        return;
      case "busy":
        return this.#tell({ kind: "busy" });
      case "output":
        return this.#start(mark);
      case "finished":
        if (this.#running === undefined) return;
        this.#finish(mark.exitCode, mark.start);
        return this.#enter("prompt");
      case "prompt":
        // Our own integration always says that a command has finished; others may draw a prompt and say nothing.
        if (this.#running !== undefined && this.#source === "bide") return;
        this.#finish(null, mark.start);
        return this.#enter("prompt");
      case "input":
        if (this.#running === undefined) this.#enter("input");
    }
  }

  #start({ end, run, text }: Extract<Mark, { kind: "output" }>): void {
    if (this.#running !== undefined) return;
    const told = (run === undefined ? undefined : this.#options.textOfRun(run)) ?? text ?? this.#text ?? this.#echoed();
    this.#seq += 1;
    this.#running = {
      seq: this.#seq,
      text: told.slice(0, LONGEST_TEXT),
      cwd: this.#cwd,
      outputStart: end,
      startedAt: new Date().toISOString(),
      source: this.#source ?? "osc133",
      run,
    };
    this.#startedMs = monotonicMs();
    const { seq, cwd, source } = this.#running;
    this.#options.journal.append({
      event: "command_started",
      command: seq,
      text: this.#running.text,
      cwd,
      offset: end,
      run: run !== undefined,
      source,
    });
    this.#enter("running");
    this.#tell({ kind: "started", command: this.#running });
  }

  #finish(exitCode: number | null, outputEnd: number, exitSignal: string | null = null): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const durationMs = Math.max(0, Math.round(monotonicMs() - this.#startedMs));
    const command = { ...running, exitCode, exitSignal, outputEnd, durationMs };
    this.#recent = [...this.#recent, command].slice(-RECENT);
    this.#options.journal.append({
      event: "command_finished",
      command: running.seq,
      exit_code: exitCode,
      exit_signal: exitSignal,
      duration_ms: durationMs,
      offset: outputEnd,
    });
    this.#tell({ kind: "finished", command });
  }

  #enter(phase: ShellPhase): void {
    this.#phase = phase;
    this.#text = undefined;
    this.#echo = [];
    this.#echoBytes = 0;
    this.#tell({ kind: "phase" });
  }

  #keepEcho(bytes: Uint8Array): void {
    const room = ECHO_BYTES - this.#echoBytes;
    if (bytes.length === 0 || room <= 0) return;
    const kept = bytes.slice(0, room);
    this.#echo.push(kept);
    this.#echoBytes += kept.length;
  }

  /** The edited line as it stood on the screen, where the shell does not tell it. */
  #echoed(): string {
    const sanitizer = new LineSanitizer();
    for (const bytes of this.#echo) {
      const [first] = sanitizer.write(bytes);
      if (first !== undefined) return first.text.trim();
    }
    return sanitizer.end()[0]?.text.trim() ?? "";
  }

  #tell(event: ShellEvent): void {
    for (const hear of [...this.#listeners]) hear(event);
  }
}
