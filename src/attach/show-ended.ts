// Shows on a terminal what a session printed that had ended before anybody could attach, as an attach would have shown
// it: its questions were answered by the worker and are not asked again, and the terminal is as it was found. Called by
// `bide open` and `bide start --attach` when standard output is a terminal.

import { writeSync } from "node:fs";
import type { AttachEnd } from "../client/index.ts";
import { farewell } from "./attach-result.ts";
import { ModeTracker } from "./mode-tracker.ts";
import { hasTerminal, STDOUT, terminalSize } from "./outer-terminal.ts";
import { QueryFilter } from "./query-filter.ts";
import { undoModes } from "./restore.ts";
import { KEEP_TITLE } from "./session-display.ts";
import { ENDING_SIGNALS, guardTerminal, say } from "./terminal-guard.ts";
import { TerminalWriter } from "./terminal-writer.ts";

export interface EndedSession {
  readonly name: string;
  readonly end: AttachEnd;
  /** All that it printed, in order. */
  readonly output: AsyncIterable<{ readonly bytes: Uint8Array }>;
}

/** Resolves when all of it is written and the terminal given back, or the terminal is closed. */
export async function showEnded({ name, end, output }: EndedSession): Promise<void> {
  const tracker = new ModeTracker();
  const queries = new QueryFilter();
  const writer = new TerminalWriter({ fd: STDOUT, onWritten: (bytes) => tracker.push(bytes) });
  let given = false;
  const giveBack = () => {
    if (!given && !writer.gone) writeNow(undoModes(tracker, terminalSize(), { kind: "below-cursor" }));
    given = true;
  };
  const onSignal = (signal: keyof typeof ENDING_SIGNALS) => {
    giveBack();
    process.exit(128 + ENDING_SIGNALS[signal]);
  };
  const guard = guardTerminal({ giveBack, onSignal, onContinued: () => {} });
  try {
    writer.write(Buffer.from(KEEP_TITLE));
    for await (const { bytes } of output) {
      writer.write(queries.push(bytes));
      await writer.drained();
      if (writer.gone) return;
    }
    await writer.drained();
    giveBack();
    const line = hasTerminal() ? farewell(name, end) : undefined;
    if (line !== undefined) say(line);
  } finally {
    guard.dispose();
  }
}

function writeNow(text: string): void {
  try {
    writeSync(STDOUT, new TextEncoder().encode(text));
  } catch {
    // A terminal that was closed.
  }
}
