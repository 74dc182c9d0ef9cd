// Attaches without a terminal: `bide attach x | tee`, `echo ls | bide attach x`, cron. Replay and output go to
// standard output as they are, standard input is typed; its end detaches once everything typed has been
// delivered. Called by `bide attach` and `bide open` when standard input or output is no terminal. If standard
// output alone is one, its modes are given back at the end.

import { writeSync } from "node:fs";
import { BideError } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";
import { compileAsUsual } from "../base/jit-policy.ts";
import type { Attach, Attachment, SessionConnection } from "../client/index.ts";
import { type AttachResult, farewell, resultOf } from "./attach-result.ts";
import { ModeTracker } from "./mode-tracker.ts";
import { STDOUT, terminalSize } from "./outer-terminal.ts";
import { undoModes, undoStacks } from "./restore.ts";
import { guardTerminal, say } from "./terminal-guard.ts";
import { TerminalWriter } from "./terminal-writer.ts";
import { readTermios } from "./tty-calls.ts";
import { whenTaken } from "./typed-back-pressure.ts";
import { TypedInput } from "./typed-input.ts";

export interface AttachStreamOptions {
  readonly connection: SessionConnection;
  readonly readOnly?: boolean;
  readonly take?: boolean;
  readonly replay?: Attach["replay"];
  readonly scrollback?: number;
}

/**
 * Resolves when nothing more is to be shown or typed. Exit code 0 when standard input ended or nobody reads
 * standard output any more.
 *
 * @throws BideError `session_ended`, `worker_unreachable`; `disk_full` or `failed` when standard output or input cannot
 *   be written or read
 */
export async function attachStream(options: AttachStreamOptions): Promise<AttachResult> {
  compileAsUsual();
  const { connection, readOnly = false, take = false, replay, scrollback } = options;
  const leaving = Promise.withResolvers<AttachResult["end"]>();
  const live = Promise.withResolvers<void>();
  const tracker = readTermios(STDOUT) === undefined ? undefined : new ModeTracker();
  let attachment: Attachment | undefined;
  let unwritten: BideError | undefined;
  const writer = new TerminalWriter({
    fd: STDOUT,
    onWritten: (bytes) => tracker?.push(bytes),
    onFull: () => attachment?.pause(),
    onRoom: () => attachment?.resume(),
    onGone: (errno) => {
      // A reader that left, or a terminal that was closed, is a normal end; a full disk is not.
      if (errno !== "EPIPE" && tracker === undefined) unwritten = unwrittenBy(errno);
      leaving.resolve({ reason: "detached" });
    },
  });
  const giveBack = () => {
    if (tracker === undefined || writer.gone) return;
    const undo = undoModes(tracker, terminalSize(), { kind: "below-cursor" });
    if (undo !== "\r\n") writeAll(undo, tracker);
  };
  const guard =
    tracker &&
    guardTerminal({
      giveBack,
      onSignal: (signal) => {
        giveBack();
        leaving.resolve({ reason: "signal", signal });
      },
      onContinued: () => {},
    });
  const size = { ...terminalSize(), sized: false };
  const attached = await connection.attach(
    { ...size, read_only: readOnly, take, replay, scrollback },
    {
      onOutput: (bytes) => writer.write(bytes),
      onLive: () => live.resolve(),
      onBehind: () => {
        if (tracker !== undefined) writer.writeMade(() => Buffer.from(undoStacks(tracker)));
      },
    },
  );
  attachment = attached;
  if (writer.full) attached.pause();
  const input = new TypedInput();
  input.listen({
    onBytes: (bytes) => {
      if (readOnly) return;
      attached.write(bytes);
      return whenTaken(attached, leaving.promise);
    },
    // Whoever asks with an empty standard input still sees the screen.
    onEnd: () => void live.promise.then(() => attached.detach()),
  });
  const end = await Promise.race([attached.ended, leaving.promise]);
  input.dispose();
  if (end.reason !== "signal") await Promise.race([writer.drained(), leaving.promise]);
  giveBack();
  guard?.dispose();
  if (unwritten !== undefined) throw unwritten;
  if (end.reason === "lost") say(farewell(connection.session.name, end) ?? "");
  return resultOf(end);
}

function unwrittenBy(errno: string): BideError {
  return BideError.from(fileFailure("write standard output", Object.assign(new Error(errno), { code: errno })));
}

function writeAll(text: string, tracker: ModeTracker): void {
  const bytes = new TextEncoder().encode(text);
  try {
    writeSync(STDOUT, bytes);
    tracker.push(bytes);
  } catch {
    // A terminal that was closed.
  }
}
