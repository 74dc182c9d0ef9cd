// A signal that is aborted with the first of several: AbortSignal.any, which Node 20.0 to 20.2 do not have, and which in
// all of Node 20 keeps something for every call while one of the signals lives as long as the program.

import type { Disposable } from "./disposable.ts";

export interface EitherSignal extends Disposable {
  readonly signal: AbortSignal;
}

/** Listens until it is disposed. */
export function eitherSignal(...signals: readonly (AbortSignal | undefined)[]): EitherSignal {
  const either = new AbortController();
  const undo: (() => void)[] = [];
  for (const signal of signals) {
    if (signal === undefined) continue;
    const abort = () => either.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    undo.push(() => signal.removeEventListener("abort", abort));
  }
  return {
    signal: either.signal,
    dispose: () => {
      for (const one of undo) one();
    },
  };
}
