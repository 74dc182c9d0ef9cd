// Moves one dead session to the archive without a host. Called by archive-stale.ts while it holds host.lock; holds
// the session's own lock meanwhile, which every worker has for its whole life: so a worker that nobody could
// recognise any more still keeps its session where it is.

import { renameSync } from "node:fs";
import { dirname } from "node:path";
import { utcNow } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import { lookAt } from "../../base/file-kind.ts";
import { ok, type Result } from "../../base/result.ts";
import { isLive } from "../../protocol/session-state.ts";
import { syncDirectory } from "../../store/atomic-file.ts";
import { writeJson } from "../../store/atomic-json.ts";
import { openJournal } from "../../store/journal.ts";
import { acquireLock } from "../../store/lock.ts";
import type { Paths } from "../../store/paths.ts";
import { archivedPaths, type SessionPaths } from "../../store/session-paths.ts";
import { removeSocketFile } from "../../store/socket-file.ts";
import type { RepairCode } from "./findings.ts";
import type { SessionFacts } from "./session-facts.ts";

type NewEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

/** Undefined when it is done, else why not; then the session is where it was. */
export async function archiveByHand(paths: Paths, facts: SessionFacts, code: RepairCode): Promise<string | undefined> {
  const { root } = archivedPaths(paths, facts.id);
  const target = lookAt(root);
  if (!target.ok) return target.message;
  if (target.value !== undefined) return `${root} exists already`;
  const lock = acquireLock(facts.paths.lock);
  if (!lock.ok) return lock.message;
  try {
    const settled = settle(facts, code);
    if (!settled.ok) return settled.message;
    removeSocketFile(facts.paths.socket);
    renameSync(facts.paths.root, root);
    for (const directory of [dirname(root), dirname(facts.paths.root)]) syncDirectory(directory);
    return undefined;
  } catch (error) {
    return `cannot move ${facts.paths.root} to ${root}: ${messageOf(error)}`;
  } finally {
    lock.value.dispose();
  }
}

/** Appends `repaired` to the journal of a session that has no writer; undefined when it is stored. */
export async function noteRepair(paths: SessionPaths, id: string, code: RepairCode): Promise<string | undefined> {
  const noted = append(paths, id, [{ event: "repaired", repair: code }]);
  return noted.ok ? undefined : noted.message;
}

/** What is recorded as live is lost, as a host would have found it. */
function settle({ id, paths, meta }: SessionFacts, code: RepairCode): Result<unknown> {
  const events: NewEvent[] = [];
  if (meta.kind === "value" && isLive(meta.value.session)) {
    const { session } = meta.value;
    const gone = { worker_pid: null, child_pid: null, attached_clients: 0, input_owner: null };
    const lost = { ...session, ...gone, state: "lost" as const, ended_at: utcNow() };
    const stored = writeJson(paths.meta, { ...meta.value, session: lost });
    if (!stored.ok) return stored;
    events.push({ event: "lost", state: "lost", worker_signal: null, worker_pid: session.worker_pid });
  }
  return append(paths, id, [...events, { event: "repaired", repair: code }, { event: "archived" }]);
}

function append(paths: SessionPaths, id: string, events: readonly NewEvent[]): Result<unknown> {
  const journal = openJournal(paths.events);
  if (!journal.ok) return journal;
  try {
    for (const event of events) {
      const stored = journal.value.append({ time: utcNow(), session_id: id, ...event }, { durable: true });
      if (!stored.ok) return stored;
    }
    return ok();
  } finally {
    journal.value.dispose();
  }
}
