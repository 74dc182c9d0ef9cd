// What the agent in a session is doing: as it reports (`bide report`), else as its titles, notifications and progress
// say, else as its output shows. A session without an agent has no state: it begins with the role `agent`, a report
// or a notification. session.ts feeds it and is told of changes. While nothing happens it does nothing.

import { type Disposable, timeout } from "../../base/disposable.ts";
import type { AgentState } from "../../protocol/session-state.ts";
import type { Heard } from "../../terminal/notifications.ts";
import { isAnswer, notificationSign, titleSign } from "./agent-signs.ts";

/** What told it, from the most trusted to the least. */
export type AgentSource = "report" | "notification" | "progress" | "title" | "output" | "start" | "end";

export interface AgentChange {
  readonly state: AgentState | null;
  /** In words; empty when there is nothing to say. */
  readonly reason: string;
  readonly source: AgentSource;
}

/** Agents redraw a spinner ten times a second; what prints nothing for so long is not working. */
const STILL_MS = 3000;
/** Output that goes on for so long, with no greater pause than that, is work. */
const BUSY_MS = 1500;
/** What is printed so soon after somebody typed is an echo or a redraw. */
const ECHO_MS = 1000;
/** UTF-16 units of a reason: it is shown in lists. */
const LONGEST_REASON = 200;

export class AgentWatch implements Disposable {
  readonly #isAgent: boolean;
  readonly #changed: (change: AgentChange) => void;
  #state: AgentState | null = null;
  #source: AgentSource = "start";
  /** Reports are trusted alone: an agent that reports does so always. */
  #reports = false;
  /** A title with a sign was seen: stillness is only for those that have none. */
  #titled: AgentState | undefined;
  #printedMs = Number.NEGATIVE_INFINITY;
  #typedMs = Number.NEGATIVE_INFINITY;
  #busySinceMs = 0;
  #still: Disposable | undefined;

  /** `isAgent`: the session has the role of one, so its state is watched from the start. */
  constructor(isAgent: boolean, changed: (change: AgentChange) => void) {
    this.#isAgent = isAgent;
    this.#changed = changed;
  }

  /** The program runs. */
  started(): void {
    if (!this.#isAgent) return;
    this.#set("working", "started", "start");
    this.#watchStillness();
  }

  /** As somebody says; null takes back what was reported before. */
  report(state: AgentState | null, reason: string): void {
    this.#reports = state !== null;
    if (state !== null || !this.#isAgent) return this.#set(state, reason, "report");
    this.#set("idle", reason, "report");
  }

  heard(heard: Heard): void {
    if (this.#reports) return;
    if (heard.kind === "notification") this.#set(notificationSign(heard.text), heard.text, "notification");
    else if (this.#state !== null || this.#isAgent) this.#progressed(heard);
  }

  title(title: string): void {
    if (this.#reports || (this.#state === null && !this.#isAgent)) return;
    const sign = titleSign(title);
    // A spinner turns; only what it means counts.
    if (sign === undefined || sign === this.#titled) return;
    this.#titled = sign;
    this.#set(sign, title, "title");
  }

  /** Called for each piece of output, so it only compares numbers. */
  output(): void {
    if (this.#state === null || this.#reports || this.#titled !== undefined) return;
    const now = performance.now();
    if (now - this.#printedMs > BUSY_MS) this.#busySinceMs = now;
    this.#printedMs = now;
    if (this.#state === "working") return this.#watchStillness();
    if (now - this.#typedMs < ECHO_MS) this.#busySinceMs = now;
    else if (now - this.#busySinceMs >= BUSY_MS) {
      this.#set("working", "it prints", "output");
      this.#watchStillness();
    }
  }

  /** Somebody typed. */
  typed(bytes: Uint8Array): void {
    this.#typedMs = performance.now();
    // Whoever asked with a notification has its answer; the next sign tells how it goes on.
    if (isAnswer(bytes) && !this.#reports && this.#state === "blocked" && this.#source === "notification") {
      this.#set("working", "answered", "output");
      this.#watchStillness();
    }
  }

  /** The program has ended; `how` in words. */
  ended(how: string): void {
    this.dispose();
    if (this.#state !== null) this.#set("done", how, "end");
  }

  dispose(): void {
    this.#still?.dispose();
    this.#still = undefined;
  }

  #progressed({ progress, percent }: Extract<Heard, { kind: "progress" }>): void {
    if (progress === "running") {
      if (this.#state !== "working") this.#set("working", `progress ${percent}%`, "progress");
    } else if (progress === "none") {
      if (this.#source === "progress" && this.#state === "working") this.#set("idle", "progress ended", "progress");
    } else this.#set("blocked", `progress ${progress}`, "progress");
  }

  /** One timer, which looks how long nothing was printed and waits for the rest. */
  #watchStillness(): void {
    this.#still ??= timeout(STILL_MS, () => this.#lookIfStill());
  }

  #lookIfStill(): void {
    this.#still = undefined;
    const byOutput = ["output", "start"].includes(this.#source) || this.#titled === undefined;
    if (this.#state !== "working" || this.#reports || !byOutput || this.#source === "progress") return;
    const left = STILL_MS - (performance.now() - this.#printedMs);
    if (left > 0) this.#still = timeout(Math.ceil(left), () => this.#lookIfStill());
    else this.#set("idle", `printed nothing for ${STILL_MS / 1000} s`, "output");
  }

  #set(state: AgentState | null, reason: string, source: AgentSource): void {
    const shown = reason.slice(0, LONGEST_REASON);
    if (state === this.#state && source !== "report" && source !== "notification") {
      this.#source = source;
      return;
    }
    this.#state = state;
    this.#source = source;
    this.#changed({ state, reason: shown, source });
  }
}
