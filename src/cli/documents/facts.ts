// What the man page and docs/commands.md say beside the table: exit codes, environment, files. In one place,
// so that the two cannot differ.

import { ERRORS } from "../../base/errors.ts";

export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "ok, also when a reader closed early"],
  ["1", "failed"],
  ["2", "usage"],
  ["3", "not found"],
  ["4", "conflict: the name is taken, the selector is ambiguous, the session is live or has ended"],
  ["5", "not permitted, or input is owned by an attached client"],
  ["69", "host or worker unreachable"],
  ["70", "a bug"],
  ["75", "try again"],
  ["78", "bad configuration, or a directory that is not private"],
  ["124", "timed out"],
  ["125", "bide itself could not be launched"],
  ["126", "the program is not executable"],
  ["127", "the program was not found"],
  ["128+N", "the program was ended by signal N"],
];

export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ["BIDE_STATE_DIR", "directory of records and logs; default: $XDG_STATE_HOME/bide or ~/.local/state/bide"],
  ["BIDE_RUNTIME_DIR", "directory of the sockets; must be short and private; default: $XDG_RUNTIME_DIR/bide"],
  ["BIDE_SESSION_PREFIX", "put before every session name, given or looked for; never before ids and panes"],
  ["BIDE_DEBUG", "with any value: a bug prints where it happened"],
  [
    "BIDE_ATTACH_RELAY",
    "with any value: attach passes all keys and output on itself, instead of the worker at its terminal",
  ],
  ["NO_COLOR, FORCE_COLOR", "never, or always, use colour"],
  ["BIDE_SESSION", "set for programs in a session: its name at the start"],
  ["BIDE_SESSION_ID, BIDE_PANE", "set for programs in a session: its id and its pane"],
  ["BIDE_BIN", "set for programs in a session: the path of bide"],
];

export const SELECTORS =
  "SEL is a session's name, its id or a unique beginning of it (4 characters at least), a pane id such as %3, `.` for the session one is in, or --workspace PATH --role ROLE. In the verbs that take several, a trailing * matches names by their beginning. A name means the live session, else the newest ended one.";

/** Codes of `{"error":{"code"}}` with their exit codes, in the order of the table. */
export function errorCodes(): readonly (readonly [code: string, exit: number])[] {
  return Object.entries(ERRORS).map(([code, { exit }]) => [code, exit]);
}
