// A run in a session's shell: `command.run`, then `command.read` until it has finished. When the shell's end takes the
// worker along, the rest is read from the session's files through the host. Made by Bide.run.

import { BideError } from "../../base/errors.ts";
import type { CommandInfo } from "../../protocol/command-messages.ts";
import type { Selector } from "../../protocol/host-messages.ts";
import { logPieces } from "../log-pieces.ts";
import { FOLLOW_WAIT_MS, type HostSource, RecordedSession } from "../recorded-session.ts";
import { SessionConnection } from "../session-connection.ts";
import { readCommands } from "./command-records.ts";
import { LineEnds } from "./line-ends.ts";
import type { Run, RunCommand, RunEnd, RunOptions } from "./run.ts";

const PIECE_BYTES = 256 * 1024;

export class ShellRun implements Run {
  readonly text: string;
  readonly #source: HostSource;
  readonly #connection: SessionConnection;
  readonly #command: CommandInfo | null;

  private constructor(source: HostSource, connection: SessionConnection, command: CommandInfo | null, text: string) {
    this.#source = source;
    this.#connection = connection;
    this.#command = command;
    this.text = command?.text ?? text;
  }

  /**
   * Resolves when the command has begun.
   *
   * @throws BideError `session_not_found`, `session_ended`, `no_shell_integration`, `input_not_owned`, `busy` (the shell
   *   runs something that is no run, or a line is half typed), `bad_value` (an empty command, a NUL in it); the signal's
   *   reason when it is aborted.
   */
  static async start(
    source: HostSource,
    selector: Selector,
    command: RunCommand,
    options: RunOptions = {},
  ): Promise<ShellRun> {
    const { signal } = options;
    signal?.throwIfAborted();
    const bide = await source.connect();
    const connection = await SessionConnection.to(await bide.request("session.resolve", { selector }));
    // The worker drops a command that waits when nobody is there for it any more.
    const abandon = () => connection.close();
    signal?.addEventListener("abort", abandon, { once: true });
    try {
      signal?.throwIfAborted();
      const { command: begun } = await connection.request("command.run", {
        ...(typeof command === "string" ? { text: command } : { argv: [...command] }),
        force: options.force,
        detach: options.detach,
        prompt_ms: options.promptMs,
      });
      return new ShellRun(source, connection, begun, typeof command === "string" ? command : command.join(" "));
    } catch (error) {
      connection.close();
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abandon);
    }
  }

  get sessionId(): string {
    return this.#connection.session.session_id;
  }

  get sessionName(): string {
    return this.#connection.session.name;
  }

  get cwd(): string {
    return this.#command?.cwd ?? this.#connection.session.cwd;
  }

  get seq(): number | null {
    return this.#command?.seq ?? null;
  }

  async *output(): AsyncGenerator<Uint8Array, RunEnd> {
    const begun = this.#command;
    if (begun === null) throw new BideError("usage", "the command waits for another one: there is no output to follow");
    const lineEnds = new LineEnds();
    let at = begun.output_start;
    try {
      for (;;) {
        const { result, bytes } = await this.#connection.requestBytes("command.read", {
          command: begun.seq,
          offset: at,
          max: PIECE_BYTES,
          wait_ms: FOLLOW_WAIT_MS,
        });
        at = result.next;
        if (bytes.length > 0) yield lineEnds.write(bytes);
        if (!result.finished) continue;
        yield lineEnds.end();
        const { exit_code, exit_signal, duration_ms } = result.command;
        return { exitCode: exit_code, signal: exit_signal, durationMs: duration_ms };
      }
    } catch (error) {
      if (!(error instanceof BideError && error.code === "worker_unreachable")) throw error;
    }
    return yield* this.#recordedRest(begun.seq, at, lineEnds);
  }

  async interrupt(): Promise<boolean> {
    if (this.#command === null) return false;
    return (await this.#connection.request("command.interrupt", { command: this.#command.seq })).interrupted;
  }

  close(): void {
    this.#connection.close();
  }

  /** The worker is gone, and with it the shell. */
  async *#recordedRest(seq: number, from: number, lineEnds: LineEnds): AsyncGenerator<Uint8Array, RunEnd> {
    const recorded = await RecordedSession.open(this.#source, { text: this.sessionId });
    const record = (await readCommands(recorded)).find((command) => command.seq === seq);
    if (record === undefined || record.outputEnd === null) {
      throw new BideError("worker_unreachable", `the worker of ${this.sessionName} died while the command ran`);
    }
    for await (const { bytes } of logPieces(recorded, { from, to: record.outputEnd })) yield lineEnds.write(bytes);
    yield lineEnds.end();
    recorded.close();
    return { exitCode: record.exitCode, signal: record.exitSignal, durationMs: record.durationMs };
  }
}
