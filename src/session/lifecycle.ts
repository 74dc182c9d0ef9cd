// How a program is ended: `stop` asks in growing loudness and returns when it is down, `kill` takes the
// program and everything it left behind. Every step is recorded before it is taken.

import { timeout } from "../base/disposable.ts";
import type { EventLog } from "./event-log.ts";
import type { ProgramControl } from "./program-control.ts";

const CTRL_C = Uint8Array.of(3);

/** Killing is repeated while new members appear; a fork bomb is given up on after this many rounds. */
const KILL_ROUNDS = 20;

export interface LifecycleParts {
  readonly program: ProgramControl;
  readonly journal: EventLog;
  /** Types into the program. */
  readonly type: (bytes: Uint8Array) => void;
  /** The role's own way to stop, if it has one; resolves when it has been asked. */
  readonly nativeStop?: () => Promise<void>;
}

export class Lifecycle {
  readonly #parts: LifecycleParts;
  readonly #down = Promise.withResolvers<void>();
  #stopping: Promise<void> | undefined;
  #killRequested = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** Whether bide itself sent the signal that may have ended the program. */
  get signalled(): boolean {
    return this.#stopping !== undefined || this.#killRequested;
  }

  get killRequested(): boolean {
    return this.#killRequested;
  }

  /** The program has ended and its end is recorded. */
  ended(): void {
    this.#down.resolve();
  }

  /**
   * Ctrl-C, HUP, TERM, KILL of the group, each given `graceMs`; resolves when the program is down. `hangUp`: begins with
   * HUP, as when somebody closes the terminal.
   */
  stop(graceMs: number, hangUp = false): Promise<void> {
    this.#stopping ??= this.#stop(graceMs, hangUp);
    return this.#stopping;
  }

  /** KILL of the program, its group and whatever it left behind; resolves when none of them lives. */
  async kill(): Promise<void> {
    this.#requestKill();
    const strangers = new Set<number>();
    for (let round = 0; round < KILL_ROUNDS; round += 1) {
      if (this.#parts.program.killMembers(strangers) === 0) break;
      // A killed process takes a moment to go, and one that was just forked shows up in the next look.
      await new Promise<void>((resolve) => timeout(round < 4 ? 2 : 20, resolve));
    }
    await this.#down.promise;
  }

  async #stop(graceMs: number, hangUp: boolean): Promise<void> {
    const { program, journal, type, nativeStop } = this.#parts;
    const steps: [string, number, () => void | Promise<void>][] = [
      ["interrupt", graceMs, () => type(CTRL_C)],
      ["SIGHUP", graceMs, () => program.askGroup("SIGHUP")],
      ["SIGTERM", graceMs, () => program.askGroup("SIGTERM")],
    ];
    if (hangUp) steps.shift();
    else if (nativeStop !== undefined) steps.unshift(["native", Math.max(graceMs, NATIVE_GRACE_MS), nativeStop]);
    for (const [step, waitMs, act] of steps) {
      journal.append({ event: "stop_requested", step, grace_ms: waitMs }, { durable: true });
      await act();
      if (await this.#downWithin(waitMs)) return;
    }
    this.#requestKill();
    program.killGroup();
    await this.#down.promise;
  }

  #requestKill(): void {
    if (this.#killRequested) return;
    this.#killRequested = true;
    this.#parts.journal.append({ event: "kill_requested" }, { durable: true });
  }

  async #downWithin(waitMs: number): Promise<boolean> {
    const late = Promise.withResolvers<boolean>();
    const timer = timeout(waitMs, () => late.resolve(false));
    const down = await Promise.race([this.#down.promise.then(() => true), late.promise]);
    timer.dispose();
    return down;
  }
}

/** A Millrace daemon finishes the stage that it is in before it stops, which takes longer than a signal. */
const NATIVE_GRACE_MS = 30_000;
