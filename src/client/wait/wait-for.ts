// Waiting for a session: `Bide.wait` and the verbs `wait`, `watch` and `prompt` come here. What the worker can tell
// it is asked once and answers when it holds; text is looked for in what was printed (until-text.ts). Needs the host
// only to find the session: it may die meanwhile.

import { deferred } from "../../base/deferred.ts";
import { timeout } from "../../base/disposable.ts";
import { BideError } from "../../base/errors.ts";
import type { CommandInfo } from "../../protocol/command-messages.ts";
import type { Selector } from "../../protocol/host-messages.ts";
import type { Session } from "../../protocol/session.ts";
import { isLive } from "../../protocol/session-state.ts";
import type { WorkerCondition } from "../../protocol/wait-messages.ts";
import { type HostSource, RecordedSession } from "../recorded-session.ts";
import { type CommandRecord, readCommands } from "../run/command-records.ts";
import { type FoundText, searchOf, type WaitCondition, type WaitOptions, type WaitOutcome } from "./condition.ts";
import { untilText } from "./until-text.ts";

/** At a timeout nobody is asked for longer: a worker may stand still, a log be long. */
const LAST_LOOK_MS = 500;

/** How a wait ended by itself. */
interface Told {
  readonly matched: boolean;
  readonly session: Session;
  readonly found?: FoundText;
  readonly task?: CommandRecord | null;
}

/**
 * Resolves when the condition holds, when it never can because the session has ended, or at the timeout.
 *
 * @throws BideError `bad_value` (a text or expression that cannot be looked for), `session_not_found`,
 *   `ambiguous_selector`, `worker_unreachable` when the worker dies meanwhile, `busy`; and the signal's reason.
 */
export async function waitFor(
  source: HostSource,
  selector: Selector,
  condition: WaitCondition,
  options: WaitOptions = {},
): Promise<WaitOutcome> {
  const began = performance.now();
  const { timeoutMs, signal } = options;
  signal?.throwIfAborted();
  const search = condition.until === "contains" || condition.until === "regex" ? searchOf(condition) : undefined;
  const recorded = await RecordedSession.open(source, selector);
  const stop = new AbortController();
  const { promise: stopped, resolve: tellStopped } = deferred<"stopped">();
  const onAbort = () => {
    stop.abort();
    tellStopped("stopped");
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  // While the session was looked for nobody listened.
  if (signal?.aborted) onAbort();
  const timer = timeoutMs === undefined ? undefined : timeout(timeoutMs, () => tellStopped("stopped"));
  const { promise: caughtUp, resolve: onCaughtUp } = deferred<void>();
  const look = { from: fromOffsetOf(condition), signal: stop.signal, onCaughtUp };
  try {
    const wait =
      search === undefined
        ? untilTold(recorded, workerCondition(condition))
        : untilFound(recorded, options.each, (take) => untilText(recorded, search, look, take));
    // A worker answers `session.wait` at once when it holds, before it is asked anything else.
    const looked = search !== undefined ? caughtUp : recorded.worker === undefined ? wait : undefined;
    const told = await Promise.race([wait, stopped]);
    wait.catch(() => {});
    if (told !== "stopped") return outcome(told, began);
    signal?.throwIfAborted();
    // However short the time was, what holds already counts.
    const session = await lastLook(recorded, looked);
    const held = await Promise.race([wait, nextTurn()]);
    if (held !== "turn") return outcome(held, began);
    return { ...outcome({ matched: false, session }, began), timedOut: true, ended: false };
  } finally {
    stop.abort();
    timer?.dispose();
    signal?.removeEventListener("abort", onAbort);
    recorded.close();
  }
}

function outcome({ matched, session, found, task }: Told, began: number): WaitOutcome {
  return {
    matched,
    timedOut: false,
    ended: !matched,
    elapsedMs: Math.round(performance.now() - began),
    session,
    match: found?.match ?? null,
    line: found?.line ?? null,
    offset: found?.offset ?? null,
    task: task ?? null,
  };
}

async function untilTold(recorded: RecordedSession, condition: WorkerCondition): Promise<Told> {
  const { worker } = recorded;
  if (worker !== undefined) {
    try {
      const { task, ...told } = await worker.request("session.wait", { condition });
      return { ...told, task: task && commandRecord(task) };
    } catch (error) {
      if (!(error instanceof BideError && error.code === "worker_unreachable")) throw error;
    }
  }
  const session = await recorded.now();
  if (condition.until === "task" && !isLive(session)) {
    const task = (await readCommands(recorded)).findLast(({ run, outputEnd }) => run && outputEnd !== null);
    if (task !== undefined && condition.or_exit !== true) return { matched: true, session, task };
  }
  const matched = !isLive(session) && holdsAtEnd(condition, session);
  if (matched && (session.state !== "lost" || condition.until === "state")) return { matched, session };
  return { matched: false, session: known(session) };
}

async function untilFound(
  recorded: RecordedSession,
  each: WaitOptions["each"],
  look: (take: (found: FoundText) => boolean | Promise<boolean>) => Promise<boolean>,
): Promise<Told> {
  let first: FoundText | undefined;
  const matched = await look(async (found) => {
    if (each === undefined) first = found;
    else await each(found, await recorded.now());
    return each === undefined;
  });
  if (matched && first !== undefined) return { matched, session: await recorded.now(), found: first };
  return { matched: false, session: known(await recorded.now()) };
}

/** @throws BideError `worker_unreachable` when nobody knows how the session ended, or whether it has. */
function known(session: Session): Session {
  if (!isLive(session) && session.state !== "lost") return session;
  throw new BideError("worker_unreachable", `the worker of ${session.name} died, so nobody knows how its program ends`);
}

/** As the journal would tell it. */
function commandRecord(command: CommandInfo): CommandRecord {
  const { seq, text, cwd, run, source } = command;
  return {
    seq,
    text,
    cwd,
    exitCode: command.exit_code,
    exitSignal: command.exit_signal,
    startedAt: command.started_at,
    durationMs: command.duration_ms,
    outputStart: command.output_start,
    outputEnd: command.output_end,
    run,
    source,
  };
}

function holdsAtEnd(condition: WorkerCondition, session: Session): boolean {
  if (condition.until === "state") {
    const states = new Set<string | null>([condition.state, ...condition.or_states]);
    return (states.has(session.state) || states.has(session.agent_state)) !== condition.not;
  }
  return condition.until === "exit" || (condition.until === "task" && condition.or_exit === true);
}

function workerCondition(condition: WaitCondition): WorkerCondition {
  switch (condition.until) {
    case "exit":
      return { until: "exit" };
    case "idle":
    case "stable":
      return { until: condition.until, for_ms: condition.forMs };
    case "prompt":
      return { until: "prompt" };
    case "task":
      return { until: "task", or_exit: condition.orExit ?? false };
    case "state": {
      const [state = "", ...orStates] = [condition.state].flat();
      return { until: "state", state, or_states: orStates, not: condition.not ?? false };
    }
    default:
      throw new Error(`${condition.until} is looked for in the output`);
  }
}

function fromOffsetOf(condition: WaitCondition): number | undefined {
  return "fromOffset" in condition ? condition.fromOffset : undefined;
}

/** How the session stands, once `looked` has come too. */
async function lastLook(recorded: RecordedSession, looked: Promise<unknown> | undefined): Promise<Session> {
  const { promise, resolve } = deferred<Session>();
  const timer = timeout(LAST_LOOK_MS, () => resolve(recorded.session));
  Promise.all([recorded.now(), looked]).then(
    ([session]) => resolve(session),
    () => resolve(recorded.session),
  );
  return promise.finally(() => timer.dispose());
}

/** Resolves once everything that has been received is taken. */
function nextTurn(): Promise<"turn"> {
  return new Promise((resolve) => setImmediate(() => resolve("turn")));
}
