// The program of a session: its PTY, the way to type into it, and the ways to end it, made together and never changed.
// session.ts starts it once.

import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import { type PtyHandlers, type PtyProcess, spawnPty } from "../pty/pty.ts";
import { Input } from "./input.ts";
import { Lifecycle } from "./lifecycle.ts";
import { ProgramControl } from "./program-control.ts";
import { nativeStopOf } from "./role-stop.ts";
import type { Session } from "./session.ts";

export interface Program {
  readonly pty: PtyProcess;
  readonly input: Input;
  readonly lifecycle: Lifecycle;
}

/** Failures: as `spawnPty`; nothing is left behind then. */
export function startProgram({ launch, shell, journal }: Session, handlers: PtyHandlers): Result<Program> {
  const { cwd, umask, rows, cols, xpixel, ypixel } = launch;
  const spawned = spawnPty({ ...shell.command, cwd, umask, rows, cols, xpixel, ypixel }, handlers);
  if (!spawned.ok) return spawned;
  const pty = spawned.value;
  const input = new Input(pty);
  const lifecycle = new Lifecycle({
    program: new ProgramControl(launch.session_id, pty),
    journal,
    type: (bytes) => input.answer(bytes),
    nativeStop: nativeStopOf(launch),
  });
  return ok({ pty, input, lifecycle });
}
