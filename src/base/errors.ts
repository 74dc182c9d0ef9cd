// The one table of errors: every code that bide can answer with, its exit code and its standing hint.
// docs/errors.md lists the same codes; a test fails when one is missing there. Codes are wire format:
// add new ones, never rename or renumber.

import type { Failure, Result } from "./result.ts";

interface ErrorEntry {
  /** Exit code of a command that ends with this error (docs: the command line's rules). */
  readonly exit: number;
  /** How to fix it, shown when the failure has no more particular hint. */
  readonly hint?: string;
}

export const ERRORS = {
  failed: { exit: 1 },
  bad_cwd: { exit: 1, hint: "give an existing directory with --cwd" },
  spawn_failed: { exit: 1 },
  not_a_terminal: { exit: 1, hint: "run it in a terminal" },
  disk_full: { exit: 1, hint: "free some space, then try again" },
  unsupported: { exit: 1, hint: "the session's worker is of an older version; `bide restart` moves it to this one" },
  no_shell_integration: {
    exit: 1,
    hint: "bide tracks commands in a bash, zsh or fish that it started; without a session, `bide run -- CMD` needs no shell",
  },
  usage: { exit: 2 },
  bad_name: { exit: 2, hint: "names are 1 to 128 of A-Z a-z 0-9 . _ -, not starting with - and not only digits" },
  bad_size: { exit: 2, hint: "sizes are COLSxROWS, each 1 to 1000" },
  bad_duration: { exit: 2, hint: "durations look like 250ms, 2s, 5m or 1h; a bare number is seconds" },
  bad_value: { exit: 2 },
  unknown_key: { exit: 2, hint: "keys look like Enter, Tab, C-c, M-x, Up or F5" },
  session_not_found: { exit: 3, hint: "`bide list --all` shows every session" },
  command_not_found: { exit: 3, hint: "`bide commands SEL` lists them" },
  name_taken: { exit: 4, hint: "choose another name, or `bide attach` to the one that has it" },
  ambiguous_selector: { exit: 4, hint: "give the full name or more of the id" },
  session_ended: { exit: 4, hint: "`bide restart` starts it again, `bide logs` shows what it printed" },
  session_live: { exit: 4, hint: "`bide stop` it first, or give --kill" },
  host_running: { exit: 4, hint: "use that one, or end it first: `bide host stop`" },
  not_permitted: { exit: 5 },
  input_not_owned: { exit: 5, hint: "wait until the other client leaves, or give --force" },
  host_unreachable: { exit: 69, hint: "`bide doctor` says what is wrong" },
  worker_unreachable: { exit: 69, hint: "`bide doctor` says what is wrong" },
  internal: { exit: 70, hint: "this is a bug in bide; please report it" },
  protocol: { exit: 70, hint: "client and server disagree; `bide version` shows both" },
  busy: { exit: 75, hint: "try again in a moment" },
  unsafe_directory: { exit: 78, hint: "bide never changes a directory that is not private; fix or remove it yourself" },
  unsafe_file: { exit: 78, hint: "bide never touches what it did not make; look at it, and move it away yourself" },
  socket_path_too_long: { exit: 78, hint: "set BIDE_RUNTIME_DIR to a shorter path" },
  bad_config: { exit: 78 },
  timed_out: { exit: 124 },
  launch_failed: { exit: 125 },
  program_not_executable: { exit: 126, hint: "give a program that you may execute" },
  program_not_found: { exit: 127, hint: "check the spelling and PATH" },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERRORS, code);
}

/** The exception form of a Failure: what the public library throws and the command line prints. */
export class BideError extends Error {
  override readonly name = "BideError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, more: { hint?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    const entry: ErrorEntry = ERRORS[code];
    this.hint = more.hint ?? entry.hint;
  }

  /** 1 to 127: what a command that ends with this error exits with. */
  get exitCode(): number {
    return ERRORS[this.code].exit;
  }

  static from(failure: Failure): BideError {
    return new BideError(failure.code, failure.message, failure);
  }
}

/** The value of a result, or its failure thrown as a BideError. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw BideError.from(result);
}

/** The system's name of an error (`ENOENT`, `EPIPE`, ...), or undefined when it has none. */
export function errnoOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}

/** One line about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
