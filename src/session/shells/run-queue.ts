// The commands of `bide run`: one after the other, each given to the shell when it is at an empty prompt, and never
// typed. The command waits in a private file; the only thing typed is a key that the integration has bound, and only
// when the shell is known to read it. command-requests.ts asks, command-track.ts tells what the shell does.
// Rule: whatever else the shell is busy with (a program, a half-typed line) gets not one byte from here.

import { rmSync } from "node:fs";
import { monotonicMs } from "../../base/clock.ts";
import { type Disposable, timeout } from "../../base/disposable.ts";
import { type Failure, fail, ok, type Result } from "../../base/result.ts";
import { replaceFile } from "../../store/atomic-file.ts";
import type { CommandTrack, RunningCommand, ShellEvent } from "./command-track.ts";

/** What the integration has bound; no terminal sends it. */
const KEY = Buffer.from("\x1b[7771~");
/** Runs that may wait behind the one under way. */
const MOST_QUEUED = 64;
/** Bytes typed so recently may still wake a program: an Enter that the shell has not seen yet. */
const TYPED_MS = 150;
/** A prompt that runs programs gives the terminal back a moment later. */
const LOOK_MS = 20;
/** The shell takes a command within milliseconds; a machine that swaps takes seconds. */
const TAKE_MS = 10_000;

export interface RunRequest {
  /** What the shell evaluates. */
  readonly text: string;
  /** What the record of the command says. */
  readonly told: string;
  /** One line to show in the terminal. */
  readonly shown: string;
  /** How long a shell that is still starting, or drawing its prompt, is waited for. */
  readonly promptMs: number;
  /** Nobody waits for it any more. */
  readonly abandoned: () => boolean;
}

export interface RunQueueParts {
  readonly track: CommandTrack;
  /** Where the integration looks for the command. */
  readonly requestFile: string;
  /** Types the key; false when the program reads so little that it has to wait. */
  readonly type: (bytes: Uint8Array) => boolean;
  /** The shell itself, and no job of it, has the terminal. */
  readonly inForeground: () => boolean;
  /** Monotonic milliseconds of the last byte that anybody typed since the last command began; undefined: none. */
  readonly lastTyped: () => number | undefined;
}

interface Waiting {
  readonly number: number;
  readonly request: RunRequest;
  readonly settle: (started: Result<RunningCommand>) => void;
}

export class RunQueue implements Disposable {
  readonly #parts: RunQueueParts;
  readonly #waiting: Waiting[] = [];
  readonly #stopListening: () => void;
  #runs = 0;
  /** Monotonic milliseconds since which the shell is in its phase. */
  #phaseSince = 0;
  /** The first of the queue was given to the shell, which has not begun it yet. */
  #given = false;
  /** When the shell was given the last one; monotonic milliseconds. */
  #givenMs = 0;
  #timer: Disposable | undefined;
  #deadline: Disposable | undefined;

  constructor(parts: RunQueueParts) {
    this.#parts = parts;
    this.#stopListening = parts.track.listen((event) => this.#hear(event));
  }

  /** Runs that have not begun yet. */
  get queued(): number {
    return this.#waiting.length;
  }

  /** How long ago the shell was given what it runs; undefined: it runs none that came from here. */
  get givenForMs(): number | undefined {
    const runs = this.#given || this.#parts.track.running?.run !== undefined;
    return runs ? monotonicMs() - this.#givenMs : undefined;
  }

  /** The text of a run that the shell may begin. */
  textOf(number: number): string | undefined {
    return this.#waiting.find((one) => one.number === number)?.request.told;
  }

  /** Why a run would not begin soon, whatever it is; undefined when it may wait its turn. */
  get obstacle(): Failure | undefined {
    const { running } = this.#parts.track;
    if (running !== undefined && running.run === undefined) return shellRuns(running);
    if (this.#waiting.length >= MOST_QUEUED) return fail("busy", `${this.#waiting.length} runs wait already`);
    return undefined;
  }

  /** Resolves when the command has begun. Failures: `busy`, `no_shell_integration`, `session_ended`, of the file. */
  add(request: RunRequest): Promise<Result<RunningCommand>> {
    const { obstacle } = this;
    if (obstacle !== undefined) return Promise.resolve(obstacle);
    this.#runs += 1;
    const number = this.#runs;
    return new Promise((settle) => {
      this.#waiting.push({ number, request, settle });
      if (this.#waiting.length === 1) this.#next();
    });
  }

  /** The session is over. */
  end(): void {
    while (this.#waiting.length > 0) this.#settle(fail("session_ended", "the session ended before the command began"));
  }

  dispose(): void {
    this.#stopListening();
    this.end();
  }

  #hear(event: ShellEvent): void {
    if (event.kind === "phase") this.#phaseSince = monotonicMs();
    const [first] = this.#waiting;
    if (first === undefined) return;
    if (event.kind === "started" && event.command.run === first.number) return this.#settle(ok(event.command));
    if (event.kind === "started" && event.command.run === undefined) {
      return this.#settle(fail("busy", `somebody ran ${JSON.stringify(event.command.text.slice(0, 200))} meanwhile`));
    }
    if (event.kind === "finished" && !this.#given) this.#expectPrompt(first.request.promptMs);
    if (event.kind === "busy") return this.#settle(fail("busy", "a line is half typed at the prompt of the shell"));
    if (!this.#given) this.#try();
  }

  /** The first of the queue has its turn. */
  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const { running } = this.#parts.track;
    if (running !== undefined && running.run === undefined) return this.#settle(shellRuns(running));
    if (running === undefined) this.#expectPrompt(first.request.promptMs);
    this.#try();
  }

  #expectPrompt(withinMs: number): void {
    this.#deadline?.dispose();
    this.#deadline = timeout(withinMs, () => this.#tooLate(withinMs));
  }

  #try(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    const [first] = this.#waiting;
    if (first === undefined || this.#given) return;
    const { track, type, inForeground, lastTyped } = this.#parts;
    if (first.request.abandoned()) return this.#settle(fail("failed", "nobody waits for it any more"));
    if (track.running !== undefined || track.phase !== "input" || track.source !== "bide") return;
    const typed = lastTyped();
    // What was typed ahead is read by the shell only once its prompt is there.
    const wait = typed === undefined ? 0 : TYPED_MS - (monotonicMs() - Math.max(typed, this.#phaseSince));
    if (wait > 0 || !inForeground()) {
      this.#timer = timeout(Math.max(wait, LOOK_MS), () => this.#try());
      return;
    }
    const content = `${first.number}\n${first.request.shown}\n${first.request.text}`;
    const written = replaceFile(this.#parts.requestFile, Buffer.from(content), { durable: false });
    if (!written.ok) return this.#settle(written);
    this.#given = true;
    this.#givenMs = monotonicMs();
    this.#deadline?.dispose();
    this.#deadline = timeout(TAKE_MS, () =>
      this.#settle(fail("busy", `the shell did not take the command in ${TAKE_MS / 1000} s`)),
    );
    if (!type(KEY)) this.#settle(fail("busy", "the shell does not read what is typed"));
  }

  #tooLate(promptMs: number): void {
    const { source } = this.#parts.track;
    const within = `within ${promptMs / 1000} s`;
    if (source === "bide") return this.#settle(fail("busy", `the shell did not come to its prompt ${within}`));
    this.#settle(fail("no_shell_integration", `no prompt with shell integration was seen ${within}`));
  }

  #settle(outcome: Result<RunningCommand>): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#deadline?.dispose();
    this.#deadline = undefined;
    if (this.#given) rmSync(this.#parts.requestFile, { force: true });
    this.#given = false;
    this.#waiting.shift()?.settle(outcome);
    if (this.#waiting.length > 0) this.#next();
  }
}

function shellRuns({ text }: RunningCommand): Failure {
  return fail("busy", `the shell is busy: it runs ${JSON.stringify(text.slice(0, 200))}`, {
    hint: "wait until it is done, or run it in a session of its own",
  });
}
