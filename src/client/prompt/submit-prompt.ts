// Submits a prompt to a program with a composer, and makes sure of it: waits for a still screen, pastes, lets it
// settle, presses Enter in a moment of its own (programs take Enter that comes with text for a line of it), and looks
// whether the composer emptied. Enter is pressed again when it did not, a bounded number of times, and never into a
// question. Used by `Bide.prompt` and `bide prompt`.

import { deferred } from "../../base/deferred.ts";
import { timeout } from "../../base/disposable.ts";
import { BideError } from "../../base/errors.ts";
import type { Session } from "../../protocol/session.ts";
import type { WorkerCondition } from "../../protocol/wait-messages.ts";
import type { InputItem, ScreenStatePayload } from "../../protocol/worker-messages.ts";
import type { SessionConnection } from "../session-connection.ts";
import { draftRemains, questionOn, typingShows } from "./composer-screen.ts";

export interface PromptOptions {
  /** Type even while an attached client owns input. */
  readonly force?: boolean;
  /** For all of it; default 30,000. What is on the way then is told as it stands. */
  readonly timeoutMs?: number;
}

/**
 * `submitted`: the composer took the text and is empty again. `left-as-draft`: the text stands in the composer.
 * `blocked`: the program asks something, or takes no text; Enter was not pressed.
 */
export type PromptResult = "submitted" | "left-as-draft" | "blocked";

export interface PromptOutcome {
  readonly result: PromptResult;
  /** Why it is not `submitted`. */
  readonly reason: string | null;
  /** How often Enter was pressed. */
  readonly enters: number;
  readonly session: Session;
}

/** A screen that is left alone for so long is drawn; one that never is (a spinner) is waited for that long at most. */
const STILL_MS = 300;
const NEVER_STILL_MS = 2000;
/** What was pasted is drawn within this time, or the program does not take it. */
const SHOWN_MS = 3000;
const SETTLED_MS = 200;
const NEVER_SETTLED_MS = 800;
/** A program that is busy takes Enter late. Pressing it again too early would answer what comes after. */
const EMPTIED_MS = 2000;
const MOST_ENTERS = 3;
/** Between two looks at a screen that changes all the time. */
const LOOK_MS = 40;
const DEFAULT_TIMEOUT_MS = 30_000;

/** @throws BideError `usage` for an empty text, `input_not_owned`, `busy`, `session_ended`, `worker_unreachable`. */
export async function submitPrompt(
  connection: SessionConnection,
  text: string,
  { force = false, timeoutMs = DEFAULT_TIMEOUT_MS }: PromptOptions = {},
): Promise<PromptOutcome> {
  if (text.trim() === "") throw new BideError("usage", "the prompt is empty");
  const composer = new Composer(connection, force, performance.now() + timeoutMs);
  const limit = connection.limit(timeoutMs);
  try {
    const { result, reason } = await composer.submit(text.replace(/\s+$/, ""));
    const { session } = await connection.request("session.status", {});
    return { result, reason, enters: composer.enters, session };
  } finally {
    limit.dispose();
  }
}

interface Verdict {
  readonly result: PromptResult;
  readonly reason: string | null;
}

class Composer {
  enters = 0;
  readonly #connection: SessionConnection;
  readonly #force: boolean;
  readonly #deadline: number;

  constructor(connection: SessionConnection, force: boolean, deadline: number) {
    this.#connection = connection;
    this.#force = force;
    this.#deadline = deadline;
  }

  async submit(text: string): Promise<Verdict> {
    await this.#checkOwner();
    await this.#still(STILL_MS, NEVER_STILL_MS);
    const empty = await this.#screen();
    const blocked = await this.#blocked(empty);
    if (blocked !== undefined) return blocked;
    if (text.includes("\n") && empty.modes.bracketed_paste !== true) {
      return { result: "blocked", reason: "it takes no pastes, so each line of the text would be submitted by itself" };
    }
    await this.#type([{ kind: "paste", data: Buffer.from(text).toString("base64") }]);
    const typed = await this.#lookUntil(SHOWN_MS, (now) => typingShows(empty, now, text));
    if (typed === undefined) return { result: "blocked", reason: "it does not show what is typed" };
    await this.#still(SETTLED_MS, NEVER_SETTLED_MS);
    return this.#pressEnter(empty, await this.#screen());
  }

  async #pressEnter(empty: ScreenStatePayload, typed: ScreenStatePayload): Promise<Verdict> {
    while (this.enters < MOST_ENTERS && this.#left() > 0) {
      // Between the paste and now, or since the last Enter, the program may have begun to ask.
      const blocked = await this.#blocked(await this.#screen());
      if (blocked !== undefined) return blocked;
      this.enters += 1;
      await this.#type([{ kind: "key", key: "Enter" }]);
      const emptied = await this.#lookUntil(EMPTIED_MS, (now) => !draftRemains(empty, typed, now));
      if (emptied === undefined) continue;
      // It may only have been redrawn.
      await this.#still(SETTLED_MS, NEVER_SETTLED_MS);
      if (!draftRemains(empty, typed, await this.#screen())) return { result: "submitted", reason: null };
    }
    const often = this.enters === 1 ? "once" : `${this.enters} times`;
    return { result: "left-as-draft", reason: `Enter was pressed ${often} and the text is still there` };
  }

  async #blocked(screen: ScreenStatePayload): Promise<Verdict | undefined> {
    const { session } = await this.#connection.request("session.status", {});
    if (session.agent_state === "blocked") {
      return { result: "blocked", reason: session.agent_reason ?? "its agent says so" };
    }
    const question = questionOn(screen);
    return question === undefined ? undefined : { result: "blocked", reason: question };
  }

  async #checkOwner(): Promise<void> {
    const { session } = await this.#connection.request("session.status", {});
    if (session.input_owner === null || this.#force) return;
    throw new BideError(
      "input_not_owned",
      `client ${session.input_owner} is attached and owns the input of ${session.name}`,
    );
  }

  /** Refused when somebody has begun to type meanwhile. */
  async #type(items: InputItem[]): Promise<void> {
    await this.#connection.request("input.send", { items, force: this.#force });
  }

  #screen(): Promise<ScreenStatePayload> {
    return this.#connection.request("screen.state", {});
  }

  /** The first screen that is right within a time; looked at again whenever something was printed. */
  async #lookUntil(
    withinMs: number,
    isRight: (screen: ScreenStatePayload) => boolean,
  ): Promise<ScreenStatePayload | undefined> {
    const end = Math.min(performance.now() + withinMs, this.#deadline);
    for (;;) {
      const screen = await this.#screen();
      if (isRight(screen)) return screen;
      const left = end - performance.now();
      if (left <= 0) return undefined;
      const [looked] = await Promise.all([
        this.#within(left, { until: "output", offset: screen.offset }),
        new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS, left))),
      ]);
      // Nothing more was printed: one more look would see the same.
      if (!looked) return undefined;
    }
  }

  async #still(forMs: number, atMostMs: number): Promise<void> {
    await this.#within(atMostMs, { until: "stable", for_ms: forMs });
  }

  /** Whether the condition came true in time. @throws BideError `session_ended` when it never will. */
  async #within(ms: number, condition: WorkerCondition): Promise<boolean> {
    const limit = Math.max(0, Math.min(ms, this.#left()));
    const late = deferred<undefined>();
    const timer = timeout(limit, () => late.resolve(undefined));
    const wait = this.#connection.request("session.wait", { condition });
    // The worker forgets a wait that nobody listens to any more when the connection closes.
    wait.catch(() => {});
    const answer = await Promise.race([wait, late.promise]).finally(() => timer.dispose());
    if (answer === undefined) return false;
    if (answer.matched) return true;
    throw new BideError("session_ended", `session ${answer.session.name} ended meanwhile (${answer.session.state})`);
  }

  #left(): number {
    return this.#deadline - performance.now();
  }
}
