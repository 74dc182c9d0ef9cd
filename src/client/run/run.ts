// A command that was started by Bide.run, in a session's shell or in a session of its own: its output as it comes, and
// how it ended. `bide run` is a thin layer over this. Rule: the command belongs to the session; it goes on when nobody
// reads its output, and when this process is gone.

export interface RunOptions {
  /** Run although an attached client owns the session's input. */
  readonly force?: boolean;
  /** Do not keep the command back from a later start because this connection is gone; `command` may then be null. */
  readonly detach?: boolean;
  /** Aborted before the command has begun: it never begins, and the run rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long a shell that is still starting is waited for; default 15,000. */
  readonly promptMs?: number;
}

/** Shell text, or words that no shell looks into. */
export type RunCommand = string | readonly string[];

export interface RunEnd {
  /** As the shell or the kernel told it: 128 + n for signal n; null when nobody could say. */
  readonly exitCode: number | null;
  /** The signal's name where it is known: the program of a session, or the shell itself. */
  readonly signal: string | null;
  readonly durationMs: number | null;
}

export interface Run {
  readonly sessionId: string;
  readonly sessionName: string;
  /** The command's text, for people. */
  readonly text: string;
  /** The directory that it was started in. */
  readonly cwd: string;
  /** Its number among the commands of the session's shell; null in a session of its own, and while it still waits. */
  readonly seq: number | null;
  /**
   * What the command prints, byte for byte with `\n` line ends, from its first byte to its last; then `ended` is there.
   * May be iterated once.
   */
  output(): AsyncGenerator<Uint8Array, RunEnd>;
  /** Ctrl-C for the command; false when it has ended already. */
  interrupt(): Promise<boolean>;
  /** Lets go of the connection; the command goes on. */
  close(): void;
}
