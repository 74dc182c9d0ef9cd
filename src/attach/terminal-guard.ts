// Whatever ends an attach, the terminal is given back: signals, a crash of ours, an exit called elsewhere. Set
// up by attach-terminal.ts before it changes anything. What nobody can catch (SIGKILL) is left to the worker, where that
// reaches the terminal (`will` in docs/protocol.md).

import { writeSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { ERRORS, messageOf } from "../base/errors.ts";

/** A signal that ends us; the program in the session is not told. */
export type EndingSignal = "SIGINT" | "SIGHUP" | "SIGTERM" | "SIGQUIT";

/** Their numbers are the same on Linux and macOS. */
export const ENDING_SIGNALS: Readonly<Record<EndingSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 };

export interface GuardHandlers {
  /** Gives the terminal back, synchronously; may be called more than once. */
  giveBack(): void;
  /** Gives the terminal back, at once or soon. */
  onSignal(signal: EndingSignal): void;
  /** The process was stopped and goes on: others have used the terminal since. */
  onContinued(): void;
}

export function guardTerminal(handlers: GuardHandlers): Disposable {
  const onCrash = (error: unknown) => {
    handlers.giveBack();
    const stack = process.env.BIDE_DEBUG && error instanceof Error ? `\n${error.stack}` : "";
    say(`bide: ${messageOf(error)}\n  hint: ${ERRORS.internal.hint}${stack}`);
    process.exit(ERRORS.internal.exit);
  };
  const signals = Object.keys(ENDING_SIGNALS) as EndingSignal[];
  for (const signal of signals) process.on(signal, handlers.onSignal);
  process.on("SIGCONT", handlers.onContinued);
  process.on("uncaughtException", onCrash);
  process.on("unhandledRejection", onCrash);
  process.on("exit", handlers.giveBack);
  return {
    dispose: () => {
      for (const signal of signals) process.off(signal, handlers.onSignal);
      process.off("SIGCONT", handlers.onContinued);
      process.off("uncaughtException", onCrash);
      process.off("unhandledRejection", onCrash);
      process.off("exit", handlers.giveBack);
    },
  };
}

/** One line on standard error, whether or not anybody reads it. */
export function say(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // A terminal that was closed.
  }
}
