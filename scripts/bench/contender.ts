// What the bench asks of a tool that keeps terminal sessions. One file per tool (with-bide.ts, with-tmux.ts, ...);
// a tool without a way to do something leaves it out, and its column stays empty there.

export type ContenderName = "bide" | "tmux" | "dtach" | "screen";

/** A whole command as a person would type it. */
export interface Command {
  readonly argv: readonly string[];
  readonly stdin?: string;
}

export interface Contender {
  readonly name: ContenderName;
  readonly version: string;
  /** Starts a session in the background. */
  start(session: string, program: readonly string[]): Command;
  attach(session: string): Command;
  /** Types `text`, as it is. */
  send(session: string, text: string): Command;
  /** Ends a session at once. */
  kill(session: string): void;
  list?(): Command;
  /** About one session. */
  status?(session: string): Command;
  /** The text on the screen of a session, by one command. */
  readBack?: { command(session: string): Command; text(stdout: string): string };
  /** The processes that keep the sessions; `serving` are there once however many sessions there are. */
  keepers(): { perSession: readonly number[]; serving: readonly number[] };
  /** Ends everything that it started. */
  end(): void;
}
