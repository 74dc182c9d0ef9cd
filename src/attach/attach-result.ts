// How an attach ended: what is said about it, and the exit code of the command. Used by attach-terminal.ts and
// attach-stream.ts. Said on standard error, like everything that is talk: on a terminal both are the same
// place, and `2>/dev/null` silences it without a flag.

import { constants } from "node:os";
import { ERRORS } from "../base/errors.ts";
import type { AttachEnd } from "../client/index.ts";
import { visible } from "../terminal/visible.ts";
import { ENDING_SIGNALS, type EndingSignal } from "./terminal-guard.ts";

export interface AttachResult {
  /** Of the command: the program's own (128 + n after signal n), 0 after a detach, 69 when the worker was lost. */
  readonly exitCode: number;
  /** `switched`: attach to `to` next. `signal`: this client was ended by it. */
  readonly end: AttachEnd | { readonly reason: "signal"; readonly signal: EndingSignal };
}

export function resultOf(end: AttachResult["end"]): AttachResult {
  switch (end.reason) {
    case "exited":
      return { exitCode: end.exitCode ?? 128 + numberOf(end.exitSignal), end };
    case "lost":
      return { exitCode: ERRORS.worker_unreachable.exit, end };
    case "signal":
      return { exitCode: 128 + ENDING_SIGNALS[end.signal], end };
    default:
      return { exitCode: 0, end };
  }
}

/** The line that is left on the terminal; undefined when another session follows. */
export function farewell(name: string, end: AttachResult["end"]): string | undefined {
  const shown = visible(name);
  switch (end.reason) {
    case "exited":
      return `[${shown} ended: ${end.exitSignal ?? `exit ${end.exitCode ?? 0}`}]`;
    case "lost":
      return `[lost ${shown}: ${visible(end.message)}]`;
    case "switched":
      return undefined;
    default:
      return `[detached from ${shown}]`;
  }
}

/** Signals without a name are called by their number: `SIG34`. */
function numberOf(signal: string | null): number {
  const numbers: Record<string, number | undefined> = constants.signals;
  return numbers[signal ?? ""] ?? Number(/^SIG(\d+)$/.exec(signal ?? "")?.[1] ?? 0);
}
