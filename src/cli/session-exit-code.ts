// The exit code that says how a session's program ended, for the verbs that give it as their own.

import { constants } from "node:os";
import type { Session } from "../protocol/session.ts";

/** The program's code, 128+n after signal n, 1 when nobody knows. Zero while it runs. */
export function exitCodeOf({ exit_code, exit_signal, ended_at }: Session): number {
  if (exit_code !== null) return exit_code;
  if (exit_signal === null) return ended_at === null ? 0 : 1;
  const numbers: Readonly<Record<string, number | undefined>> = constants.signals;
  // Signals without a name are called by their number: SIG34.
  return 128 + (numbers[exit_signal] ?? Number(/^SIG(\d+)$/.exec(exit_signal)?.[1] ?? 0));
}
