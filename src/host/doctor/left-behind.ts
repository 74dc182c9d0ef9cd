// Which processes run on although their session does not: found by the kernel session of the program and by the
// environment that every program of bide gets. Called once for all sessions that are not running, so that the
// process table is read once however many records there are (faults D6: 2,000).

import type { ProcessIdentity } from "../../pty/identity.ts";
import { descendants, type ProcessRow, processTable } from "../../pty/process-table.ts";
import { darwinStartedWith } from "../../pty/process-table-darwin.ts";
import { startedWith } from "../../pty/process-table-linux.ts";
import { membersOfSession } from "../../pty/session-members.ts";
import type { SessionFacts } from "./session-facts.ts";

/** A leader that is nobody: then only the environment tells. */
const NOBODY: ProcessIdentity = { pid: 0, start_time: "", boot_id: "" };

/**
 * Living pids by session id. `hostPid` and the workers that live are nobody's leftovers, nor is what runs below them
 * (a bide that was started inside a session has that session in its environment).
 */
export function findLeftBehind(
  sessions: readonly SessionFacts[],
  stateRoot: string,
  hostPid: number | null,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const ended = sessions.filter((facts) => facts.meta.kind === "value" && !isRunning(facts));
  if (ended.length === 0) return found;
  const rows = candidates(sessions, ended, stateRoot, hostPid);
  if (rows.length === 0) return found;
  for (const facts of ended) {
    const members = membersOfSession(facts.id, leaderOf(facts), { table: rows });
    if (members.length > 0)
      found.set(
        facts.id,
        members.map((row) => row.pid),
      );
  }
  return found;
}

/** A worker may outlive its program, to log what is still printed: then its session has ended all the same. */
function isRunning({ recordedLive, workerLives, programLives, answer }: SessionFacts): boolean {
  return programLives || (recordedLive && (workerLives || answer.kind === "answers"));
}

/** The few processes of this machine that may belong to an ended session of this state root. */
function candidates(
  sessions: readonly SessionFacts[],
  ended: readonly SessionFacts[],
  stateRoot: string,
  hostPid: number | null,
): ProcessRow[] {
  const table = processTable();
  const busy = new Set<number>([process.pid]);
  const roots = [hostPid, ...sessions.map(workerPid)].filter((pid) => pid !== null);
  for (const root of roots) for (const pid of descendants(root, table).keys()) busy.add(pid);
  const leaders = new Set(ended.map((facts) => leaderOf(facts).pid));
  leaders.delete(NOBODY.pid);
  const assignment = `BIDE_STATE_DIR=${stateRoot}`;
  const darwin = process.platform === "linux" ? null : darwinStartedWith(assignment);
  const isTagged = (pid: number) => (darwin === null ? startedWith(pid, assignment) === true : darwin.has(pid));
  return table.filter((row) => row.state !== "Z" && !busy.has(row.pid) && (leaders.has(row.sid) || isTagged(row.pid)));
}

function workerPid({ worker, workerLives, answer }: SessionFacts): number | null {
  if (answer.kind === "answers") return answer.welcome.pid;
  return workerLives && worker.kind === "value" ? worker.value.worker.pid : null;
}

function leaderOf({ worker }: SessionFacts): ProcessIdentity {
  return worker.kind === "value" ? (worker.value.child ?? NOBODY) : NOBODY;
}
