// The last step of `shutdown`: processes that ended sessions left behind (background jobs, whoever still holds a
// terminal) are ended too, and the workers that listen to them. Called once no session is live. Without force they are
// asked first, as `stop` asks; members are found and identified as for `kill` (pty/session-members.ts).

import { identify } from "../pty/identity.ts";
import { type ProcessRow, processTable } from "../pty/process-table.ts";
import { membersOfSession, sessionIdOf } from "../pty/session-members.ts";
import { signalProcess } from "../pty/signals.ts";
import type { Host } from "./host.ts";
import type { SessionEntry } from "./session-entry.ts";

/** Each polite signal is given as long as a step of `stop`; most processes go at the first one. */
const GRACE_MS = 2000;
/** Most go within the first; each look reads every process of the machine, so the next ones come less and less often. */
const FIRST_LOOK_MS = 10;
const RAREST_LOOK_MS = 160;
/** A process that cannot be killed (it waits for a dead disk) must not keep the host for ever. */
const KILL_MS = 5000;

/** Resolves when they are gone, or could not be ended. */
export async function endLeftovers(host: Host, force: boolean): Promise<void> {
  const steps: [NodeJS.Signals, number][] = force
    ? []
    : [
        ["SIGHUP", GRACE_MS],
        ["SIGTERM", GRACE_MS],
      ];
  for (const [signal, graceMs] of steps) {
    for (const row of leftovers(host)) send(row, signal);
    if (await goneWithin(host, graceMs)) break;
  }
  await goneWithin(host, KILL_MS, "SIGKILL");
  await Promise.all(host.registry.entries.filter((entry) => !entry.live).map((entry) => host.endLingering(entry)));
}

/** Looks until there are none; `signal` goes to whoever is there at each look. */
async function goneWithin(host: Host, ms: number, signal?: NodeJS.Signals): Promise<boolean> {
  const deadline = performance.now() + ms;
  for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(2 * lookMs, RAREST_LOOK_MS)) {
    const left = leftovers(host);
    if (left.length === 0) return true;
    if (performance.now() > deadline) return false;
    if (signal !== undefined) for (const row of left) send(row, signal);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** Living processes of ended sessions. Records are read only for sessions that may have some: there may be thousands. */
function leftovers(host: Host): ProcessRow[] {
  const table = processTable();
  const named = new Set(table.map((row) => sessionIdOf(row.pid)));
  const kernelSessions = new Set(table.map((row) => row.sid));
  const mayHave = (entry: SessionEntry) =>
    named.has(entry.session.session_id) || kernelSessions.has(entry.session.child_pid ?? 0);
  const found = new Map<number, ProcessRow>();
  for (const entry of host.registry.entries) {
    if (entry.live || !mayHave(entry)) continue;
    const record = entry.workerRecord();
    if (record === undefined) continue;
    const exclude = [record.worker.pid, ...host.otherWorkers(entry)];
    const members = membersOfSession(entry.session.session_id, record.child ?? record.worker, { table, exclude });
    for (const row of members) if (row.state !== "Z") found.set(row.pid, row);
  }
  return [...found.values()];
}

function send(row: ProcessRow, signal: NodeJS.Signals): void {
  const identity = identify(row.pid);
  if (identity === null || (row.start_time !== "" && identity.start_time !== row.start_time)) return;
  signalProcess(identity, signal);
}
