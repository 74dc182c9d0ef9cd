// What one can wait for, and how it turned out: the shapes of `Bide.wait`, of the command line and of every face.

import { BideError, unwrap } from "../../base/errors.ts";
import type { Session } from "../../protocol/session.ts";
import type { AgentState, SessionState } from "../../protocol/session-state.ts";
import { pattern } from "../../terminal/search/pattern.ts";
import type { CommandRecord } from "../run/command-records.ts";

/** Times are milliseconds, offsets count bytes of output since the session's first. */
export type WaitCondition =
  /** The program has ended. */
  | { readonly until: "exit" }
  /**
   * A line that was printed, or a row of the screen, holds this text. Looked at: the log from `fromOffset` on;
   * without it what is on the screen and everything after, or all that an ended session printed.
   */
  | { readonly until: "contains"; readonly text: string; readonly fromOffset?: number }
  /** The same for a regular expression, line by line, in linear time: no look-around, no back-references. */
  | { readonly until: "regex"; readonly pattern: string; readonly fromOffset?: number }
  /** No cell of the screen has changed for so long. */
  | { readonly until: "stable"; readonly forMs: number }
  /** Nothing was printed for so long. */
  | { readonly until: "idle"; readonly forMs: number }
  /** The session's shell is at its prompt; fails with `no_shell_integration` when it turns out to tell nothing. */
  | { readonly until: "prompt" }
  /** What `run` gave the shell has finished; `orExit`: when nothing of it is under way, the program has ended. */
  | { readonly until: "task"; readonly orExit?: boolean }
  /** The session is in this state (of several: in one of them), or what runs in it is; with `not` neither is. */
  | { readonly until: "state"; readonly state: WaitState | readonly WaitState[]; readonly not?: boolean };

export type WaitState = SessionState | AgentState;

export interface WaitOptions {
  /** Give up after so long. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /**
   * With `contains` and `regex`: called for every line that is found, and the wait goes on to the end of the session or
   * the timeout instead of ending at the first.
   */
  readonly each?: (found: FoundText, session: Session) => void | Promise<void>;
}

export interface FoundText {
  readonly match: string;
  readonly line: string;
  /** Of the line's first byte; null: it stands on the screen. */
  readonly offset: number | null;
}

export interface WaitOutcome {
  readonly matched: boolean;
  readonly timedOut: boolean;
  /** The session ended before the condition held, so it never will. */
  readonly ended: boolean;
  readonly elapsedMs: number;
  /** As it was at that moment. */
  readonly session: Session;
  /** The text that was found, the line that holds it, and the offset of that line (null: it was found on the screen). */
  readonly match: string | null;
  readonly line: string | null;
  readonly offset: number | null;
  /** The run that has finished, where one was waited for. */
  readonly task: CommandRecord | null;
}

/** What was found in one line, in UTF-16 units. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Looks for something in one line. */
export type Search = (line: string) => Found | undefined;

/** UTF-16 units. */
const LONGEST_TEXT = 4096;

/** @throws BideError `bad_value` for a text or an expression that cannot be looked for. */
export function searchOf(condition: WaitCondition & { until: "contains" | "regex" }): Search {
  if (condition.until === "regex") {
    const compiled = unwrap(pattern(condition.pattern));
    return (line) => compiled.search(line);
  }
  const { text } = condition;
  if (text === "") throw new BideError("bad_value", "the text to wait for is empty");
  if (text.length > LONGEST_TEXT) throw new BideError("bad_value", `the text has more than ${LONGEST_TEXT} characters`);
  if (/[\r\n]/.test(text)) throw new BideError("bad_value", "the text to wait for is part of one line");
  return (line) => {
    const start = line.indexOf(text);
    return start < 0 ? undefined : { start, end: start + text.length };
  };
}
