// Checks of the processes of a session against its records. Called once per session; the rules: processes are
// compared by identity and never by pid alone (faults P8), and nothing gets a signal here.

import { identify, isSame } from "../../pty/identity.ts";
import { type DoctorCheck, finding } from "./report.ts";
import { livingRecorded, type SessionFacts } from "./session-facts.ts";
import { isUnsettled } from "./stale.ts";

/** `leftBehind`: living processes of the session that no record names. */
export function checkProcesses(facts: SessionFacts, leftBehind: readonly number[]): DoctorCheck[] {
  return [
    ...checkOrphan(facts),
    ...checkProgramGone(facts),
    ...checkDead(facts, leftBehind),
    ...checkReused(facts),
    ...checkAnswering(facts),
    ...checkLeftBehind(facts, leftBehind),
  ];
}

function checkOrphan({ id: session, name, worker, workerLives, programLives }: SessionFacts): DoctorCheck[] {
  if (workerLives || !programLives || worker.kind !== "value") return [];
  const pid = worker.value.child?.pid;
  const message =
    `the worker of session ${name} is dead and its program (pid ${pid}) lives: nobody reads what it prints; ` +
    `\`bide kill ${name}\` ends it`;
  return [finding("orphaned_program", message, { session })];
}

function checkProgramGone(facts: SessionFacts): DoctorCheck[] {
  const { id: session, name, worker, recordedLive, workerLives, programLives } = facts;
  if (!recordedLive || !workerLives || programLives || worker.kind !== "value") return [];
  const { worker: runner, child } = worker.value;
  const message =
    `session ${name} is recorded live: its worker (pid ${runner.pid}) lives, its program ` +
    `(pid ${child?.pid ?? "unknown"}) is gone; \`bide kill ${name}\` ends it if that lasts`;
  return [finding("program_gone", message, { session })];
}

/** Only a record is left. */
function checkDead(facts: SessionFacts, leftBehind: readonly number[]): DoctorCheck[] {
  const { id: session, name, meta, paths } = facts;
  if (meta.kind !== "value" || !isUnsettled(facts) || livingRecorded(facts).length > 0) return [];
  const repairable = leftBehind.length === 0;
  const path = paths.root;
  const advice = repairable ? "; `bide doctor --repair ARCHIVE_STALE` archives it, `bide restart` starts it again" : "";
  const { state, ended_at } = meta.value.session;
  if (facts.recordedLive) {
    const message = `session ${name} is recorded as ${state}, and its worker and its program are gone${advice}`;
    return [finding("worker_dead", message, { session, path, repairable })];
  }
  const message = `session ${name} was lost${ended_at === null ? "" : ` (found ${ended_at})`}; its log is kept${advice}`;
  return [finding("session_lost", message, { session, path, repairable })];
}

function checkReused({ id: session, name, worker, paths, recordedLive }: SessionFacts): DoctorCheck[] {
  if (!recordedLive || worker.kind !== "value") return [];
  const { worker: runner, child } = worker.value;
  return [["worker", runner] as const, ["program", child] as const].flatMap(([role, recorded]) => {
    const now = recorded === null ? null : identify(recorded.pid);
    if (recorded === null || now === null || isSame(recorded, now)) return [];
    const message =
      `the recorded pid ${recorded.pid} of the ${role} of session ${name} belongs to another process now ` +
      "(start time or boot differ); it is left alone";
    return [finding("pid_reused", message, { session, path: paths.worker })];
  });
}

function checkAnswering({ id: session, name, worker, answer, paths }: SessionFacts): DoctorCheck[] {
  if (answer.kind !== "answers") return [];
  const { pid, session_id } = answer.welcome;
  const path = paths.socket;
  if (session_id !== session) {
    return [finding("pid_differs", `${path} is answered by the worker of session ${session_id}`, { session, path })];
  }
  if (worker.kind !== "value" || worker.value.worker.pid === pid) return [];
  const message = `worker.json of session ${name} names process ${worker.value.worker.pid}, and process ${pid} answers`;
  return [finding("pid_differs", message, { session, path: paths.worker })];
}

function checkLeftBehind({ id: session, name, meta }: SessionFacts, pids: readonly number[]): DoctorCheck[] {
  if (pids.length === 0 || meta.kind !== "value") return [];
  const message =
    `session ${name} is not running (${meta.value.session.state}), and it left ${pids.length} behind: ` +
    `pid ${pids.join(", ")}; \`bide kill ${name}\` ends them`;
  return [finding("left_behind_processes", message, { session })];
}
