// The shell of a session as far as bide knows it: what was put into it, what it does, the commands it ran and the runs
// that wait for it. session.ts makes one for every session and feeds it; requests.ts and the waiters ask it. A program
// that is no shell has one as well: it may run a shell that marks its prompts by itself (inside ssh, docker, nix).

import { constants } from "node:os";
import { join } from "node:path";
import { concat } from "../../base/byte-queue.ts";
import { monotonicMs } from "../../base/clock.ts";
import type { Disposable } from "../../base/disposable.ts";
import type { Launch } from "../../protocol/launch.ts";
import type { ExitStatus } from "../../pty/reaper.ts";
import { tailJournal } from "../../store/journal-reader.ts";
import type { SessionPaths } from "../../store/session-paths.ts";
import { commandOf } from "../environment.ts";
import type { EventLog } from "../event-log.ts";
import { CommandTrack } from "./command-track.ts";
import { RunQueue } from "./run-queue.ts";
import { type PreparedShell, prepareShell } from "./shell-start.ts";

export interface SessionShellParts {
  readonly launch: Launch;
  readonly paths: SessionPaths;
  readonly journal: EventLog;
  /** Types bytes that nobody typed; dropped when the program reads nothing. */
  readonly type: (bytes: Uint8Array) => boolean;
  /** Who has the terminal; nobody once the shell is dead. */
  readonly foreground: () => "shell" | "program" | "nobody";
}

export class SessionShell implements Disposable {
  readonly track: CommandTrack;
  readonly runs: RunQueue;
  readonly #launch: Launch;
  readonly #prepared: PreparedShell | undefined;
  readonly #foreground: SessionShellParts["foreground"];
  #typedMs: number | undefined;
  /** The last few bytes that a run printed. */
  #tail = new Uint8Array(0);
  /** Length of what may be the shell's farewell, at the end of what it has printed. */
  #doubtful = 0;

  constructor({ launch, paths, journal, type, foreground }: SessionShellParts) {
    this.#launch = launch;
    this.#foreground = foreground;
    const directory = join(paths.root, "shell");
    const spec = { argv: commandOf(launch), env: launch.env, directory };
    // A shell whose files could not be written (a full disk) starts without them.
    const prepared = launch.shell_integration ? prepareShell(spec) : undefined;
    this.#prepared = prepared?.ok === true ? prepared.value : undefined;
    this.track = new CommandTrack({
      journal,
      nonce: this.#prepared?.nonce ?? null,
      cwd: launch.cwd,
      lastSeq: launch.restart ? lastCommand(paths.events) : 0,
      textOfRun: (run) => this.runs.textOf(run),
    });
    this.runs = new RunQueue({
      track: this.track,
      requestFile: this.#prepared?.requestFile ?? join(directory, "command"),
      type,
      inForeground: () => foreground() === "shell",
      lastTyped: () => this.#typedMs,
    });
    this.track.listen((event) => {
      if (event.kind !== "started") return;
      this.#typedMs = undefined;
      this.#tail = new Uint8Array(0);
      this.#doubtful = 0;
    });
  }

  /** What bide put its integration into; undefined: nothing. */
  get prepared(): PreparedShell | undefined {
    return this.#prepared;
  }

  /** The program to start, with the integration. */
  get command(): { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> } {
    return this.#prepared ?? { argv: commandOf(this.#launch), env: this.#launch.env };
  }

  /** What the program printed; `at` is the offset of the first byte. */
  output(bytes: Uint8Array, at: number): void {
    this.track.output(bytes, at);
    // Only a run's end looks at it.
    if (this.track.running?.run === undefined) return;
    this.#tail = lastBytes(this.#tail, bytes);
    // The word of a program that the shell runs is that program's. A shell that is dead before its word is read had it last.
    const farewell = this.#farewell();
    this.#doubtful = farewell > 0 && this.#foreground() !== "program" ? farewell : 0;
  }

  /** Output of the running command before this offset certainly is its own: neither a mark nor the shell's farewell. */
  get settled(): number {
    return this.track.settled - this.#doubtful;
  }

  /** Somebody typed into the session. */
  typed(): void {
    this.#typedMs = monotonicMs();
  }

  /** The program has ended. */
  ended({ code, signal }: ExitStatus): void {
    const exitCode = signal === null ? code : 128 + constants.signals[signal];
    this.track.ended(exitCode, signal, this.#farewell());
    this.runs.end();
  }

  dispose(): void {
    this.runs.dispose();
  }

  /** Length of the word that bash's `exit` adds to the output of the command that it ends with. */
  #farewell(): number {
    if (this.#prepared?.kind !== "bash") return 0;
    return /(?:exit|logout)\r\n$/.exec(Buffer.from(this.#tail).toString("latin1"))?.[0].length ?? 0;
  }
}

function lastBytes(before: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const most = "logout\r\n".length;
  return (bytes.length >= most ? bytes : concat([before, bytes])).slice(-most) as Uint8Array<ArrayBuffer>;
}

/** How many commands earlier lives of the session ran. */
function lastCommand(journal: string): number {
  for (const count of [1000, 100_000, Number.MAX_SAFE_INTEGER]) {
    const tail = tailJournal(journal, count);
    const records = tail.ok ? tail.value.records : [];
    const last = records.findLast((record) => record.event === "command_started");
    if (typeof last?.command === "number") return last.command;
    if (records.length < count) return 0;
  }
  return 0;
}
