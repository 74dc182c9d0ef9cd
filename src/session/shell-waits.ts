// Waiting for the shell of a session: for its prompt, and for the end of what `command.run` gave it. What the shell
// does is known from its marks (shells/command-track.ts).

import { type Disposable, timeout } from "../base/disposable.ts";
import { fail } from "../base/result.ts";
import type { Session } from "./session.ts";
import { commandInfo } from "./shells/command-requests.ts";
import type { CommandTrack, FinishedCommand } from "./shells/command-track.ts";
import type { Settle, Watched } from "./waits.ts";

/** A shell that marks where its prompt begins and not where it ends has drawn it when it is silent for so long. */
const DRAWN_MS = 200;
/** A shell without marks sits at its prompt and says nothing: after so long none will come. */
const NO_MARKS_MS = 5000;

export class AtPrompt implements Watched {
  readonly #session: Session;
  readonly #settle: Settle;
  readonly #stopListening: () => void;
  #timer: Disposable | undefined;

  constructor(session: Session, settle: Settle) {
    this.#session = session;
    this.#settle = settle;
    this.#stopListening = session.shell.track.listen(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#stopListening();
    this.#timer?.dispose();
  }

  #look(): void {
    const { track, runs, prepared } = this.#session.shell;
    this.#timer?.dispose();
    this.#timer = undefined;
    if (track.running !== undefined || runs.queued > 0) return;
    if (track.phase === "input") this.#settle(true);
    else if (track.phase === "prompt") this.#whenQuiet(DRAWN_MS, () => this.#settle(true));
    else if (prepared === undefined) this.#whenQuiet(NO_MARKS_MS, () => this.#refuse());
  }

  #refuse(): void {
    const { name } = this.#session.record.fields;
    this.#settle(
      fail("no_shell_integration", `what runs in ${name} has never marked a prompt and prints nothing`, {
        hint: "wait for a text (--contains) or for --idle instead",
      }),
    );
  }

  /** A timer that looks how long nothing was printed; any mark begins it anew. */
  #whenQuiet(ms: number, run: () => void): void {
    const left = ms - this.#session.recorder.quietMs;
    if (left <= 0) run();
    else this.#timer = timeout(Math.ceil(left), () => this.#whenQuiet(ms, run));
  }
}

/** `orExit`: while no run is under way, the end of the program is what is waited for. */
export function watchTask(session: Session, orExit: boolean, settle: Settle): Watched {
  const { track, runs } = session.shell;
  const isBusy = () => track.running?.run !== undefined || runs.queued > 0;
  if (!isBusy() && orExit) return { ended: () => true, dispose() {} };
  const look = (): boolean => {
    const last = lastRun(track);
    if (isBusy() || last === undefined) return false;
    settle(true, commandInfo(last));
    return true;
  };
  const none = fail("failed", `no command was run in ${session.record.fields.name}`, {
    hint: "`bide run SEL -d -- CMD` starts one",
  });
  if (!look() && !isBusy()) settle(none);
  return { dispose: track.listen(look) };
}

function lastRun(track: CommandTrack): FinishedCommand | undefined {
  for (let seq = track.last?.seq ?? 0; seq > 0; seq -= 1) {
    const command = track.find(seq);
    if (command === undefined) return undefined;
    if (command.run !== undefined && "outputEnd" in command) return command;
  }
  return undefined;
}
