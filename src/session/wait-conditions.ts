// What each condition of `session.wait` watches. A condition that holds already settles at once: whoever asks late
// sees what happened before.

import { type Disposable, timeout } from "../base/disposable.ts";
import type { WorkerCondition } from "../protocol/wait-messages.ts";
import type { Session } from "./session.ts";
import { AtPrompt, watchTask } from "./shell-waits.ts";
import { StillScreen } from "./still-screen.ts";
import type { Settle, Watched } from "./waits.ts";

const NOTHING: Watched = { dispose() {} };

export function watchCondition(session: Session, condition: WorkerCondition, settle: Settle): Watched {
  switch (condition.until) {
    case "exit":
      return { ...NOTHING, ended: () => true };
    case "output":
      return watchOutput(session, condition.offset, settle);
    case "idle":
      return new Idle(session, condition.for_ms, settle);
    case "stable":
      return new StillScreen(session, condition.for_ms, () => settle(true));
    case "prompt":
      return new AtPrompt(session, settle);
    case "task":
      return watchTask(session, condition.or_exit, settle);
    case "state":
      return watchState(session, condition, settle);
  }
}

function watchOutput(session: Session, offset: number, settle: Settle): Watched {
  const look = () => {
    if (session.recorder.offset > offset) settle(true);
  };
  look();
  return { ...NOTHING, output: look };
}

function watchState(
  session: Session,
  { state, or_states, not }: WorkerCondition & { until: "state" },
  settle: Settle,
): Watched {
  const states = new Set<string | null>([state, ...or_states]);
  const holds = () => {
    const info = session.info();
    return (states.has(info.state) || states.has(info.agent_state)) !== not;
  };
  const look = () => {
    if (holds()) settle(true);
  };
  look();
  return { ...NOTHING, changed: look, ended: holds };
}

/** Output costs nothing here: the timer looks how long the session has been quiet, and waits for the rest. */
class Idle implements Watched {
  readonly #session: Session;
  readonly #forMs: number;
  readonly #settle: Settle;
  #timer: Disposable | undefined;

  constructor(session: Session, forMs: number, settle: Settle) {
    this.#session = session;
    this.#forMs = forMs;
    this.#settle = settle;
    this.#look();
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #look(): void {
    const left = this.#forMs - this.#session.recorder.quietMs;
    if (left <= 0) this.#settle(true);
    else this.#timer = timeout(Math.ceil(left), () => this.#look());
  }
}
