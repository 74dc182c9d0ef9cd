// `stop`, `kill` and `delete` as the host does them: through the worker while it lives, by the recorded
// identities when it is dead (an orphaned program), never by a bare pid.

import { renameSync, rmSync } from "node:fs";
import { utcNow } from "../base/clock.ts";
import { BideError, unwrap } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";
import { thrownPayload } from "../protocol/error-payload.ts";
import type { HostResult } from "../protocol/host-messages.ts";
import type { Session } from "../protocol/session.ts";
import { identify, isAlive } from "../pty/identity.ts";
import { membersOfSession } from "../pty/session-members.ts";
import { signalProcess } from "../pty/signals.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { removeSocketFile } from "../store/socket-file.ts";
import type { Host } from "./host.ts";
import type { SessionEntry } from "./session-entry.ts";

/** Per step, when the caller says nothing (the command line page, "Settled questions"). */
const DEFAULT_GRACE_MS = 2000;
/** A worker that does not say by then that it kills is killed itself. */
const KILL_ANSWER_MS = 5000;
/** One that does not answer a look by then cannot stop its program step by step. */
const LOOK_MS = 2000;
const KILL_ROUNDS = 200;
const ROUND_MS = 10;

/** Ends a session gracefully; an ended one is left as it is. */
export async function stopSession(host: Host, entry: SessionEntry, graceMs = DEFAULT_GRACE_MS): Promise<Session> {
  if (!entry.live) return entry.session;
  const link = await entry.link();
  if (link === undefined) {
    entry.expectNoWorker();
    return killSession(host, entry);
  }
  try {
    await link.request("session.status", {}, LOOK_MS);
    entry.update((await link.request("session.stop", { grace_ms: graceMs }, null)).session);
  } catch (error) {
    if (entry.live) await entry.settle();
    if (entry.live) throw entry.whyNoAnswer(error);
  }
  return entry.session;
}

/** Ends a session now, with everything it left behind; verified before it returns. */
export async function killSession(host: Host, entry: SessionEntry): Promise<Session> {
  const link = await entry.link();
  if (link !== undefined) {
    try {
      entry.update((await link.request("session.kill", {}, KILL_ANSWER_MS)).session);
      return entry.session;
    } catch {
      // The worker went away meanwhile, or stands still: its processes are killed from here.
    }
  }
  const wasLive = entry.live;
  entry.beingKilled = true;
  try {
    await killLeftovers(host, entry);
  } catch (error) {
    entry.beingKilled = false;
    await entry.settle();
    throw error;
  }
  entry.beingKilled = false;
  if (wasLive && entry.live) {
    const fields = { state: "killed", exit_code: null, exit_signal: "SIGKILL", ended_at: utcNow() } as const;
    const gone = { worker_pid: null, child_pid: null, attached_clients: 0, input_owner: null };
    unwrap(entry.change({ ...fields, ...gone }, { event: "exited", ...fields, by: "host" }));
  }
  // Nobody was connected who could have told that it is gone, and `delete`, `restart` and `shutdown` wait for that.
  entry.noWorker();
  return entry.session;
}

/** Archives an ended session, or removes it with `purge`. */
export async function deleteSession(
  host: Host,
  entry: SessionEntry,
  { purge, kill }: { purge: boolean; kill: boolean },
): Promise<{ session_id: string; archived: boolean; purged: boolean }> {
  const { session_id, name, state } = entry.session;
  if (entry.live) {
    if (!kill) throw new BideError("session_live", `session ${name} is ${state}`);
    await killSession(host, entry);
  }
  await host.endLingering(entry);
  removeSocketFile(entry.paths.socket);
  if (purge) {
    removeFiles(entry);
    host.registry.remove(session_id);
    return { session_id, archived: false, purged: true };
  }
  if (!entry.session.archived) {
    entry.note({ event: "archived" });
    moveFiles(entry, host.archivedPathsOf(session_id), true);
  }
  return { session_id, archived: true, purged: false };
}

/** Deletes each, whatever becomes of the others. */
export async function deleteSessions(
  host: Host,
  entries: readonly SessionEntry[],
  { tell_failed, ...how }: { purge: boolean; kill: boolean; tell_failed: boolean },
): Promise<HostResult<"session.delete">> {
  const settled = await Promise.allSettled(entries.map((entry) => deleteSession(host, entry, how)));
  const deleted = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = entries.flatMap(({ session: { session_id } }, at) => {
    const one = settled[at];
    return one?.status === "rejected" ? [{ session_id, reason: one.reason as unknown }] : [];
  });
  const [first] = failed;
  if (first === undefined) return { deleted };
  if (!tell_failed) throw first.reason;
  return { deleted, failed: failed.map(({ session_id, reason }) => ({ session_id, error: thrownPayload(reason) })) };
}

/** Takes an archived session back among the others, where it can be restarted. */
export function unarchiveSession(host: Host, entry: SessionEntry): void {
  if (entry.session.archived) moveFiles(entry, host.pathsOf(entry.session.session_id), false);
}

/** @throws BideError, of `fileFailure`, when they cannot be moved; they are then where they were. */
function moveFiles(entry: SessionEntry, to: SessionPaths, archived: boolean): void {
  try {
    renameSync(entry.paths.root, to.root);
  } catch (error) {
    throw BideError.from(fileFailure(`move session ${entry.session.name} to ${to.root}`, error));
  }
  entry.moved(to, archived);
}

/** @throws BideError, of `fileFailure`, when some of them stay; the session then stays known. */
function removeFiles(entry: SessionEntry): void {
  try {
    rmSync(entry.paths.root, { recursive: true, force: true });
  } catch (error) {
    throw BideError.from(fileFailure(`remove session ${entry.session.name} (${entry.paths.root})`, error));
  }
}

/** Kills the worker and all processes that belong to the session, until none is left. */
async function killLeftovers(host: Host, entry: SessionEntry): Promise<void> {
  const record = entry.workerRecord();
  if (record === undefined) return;
  const leader = record.child ?? record.worker;
  for (let round = 0; round < KILL_ROUNDS; round += 1) {
    const members = membersOfSession(entry.session.session_id, leader, { exclude: host.otherWorkers(entry) });
    const living = members.filter((row) => row.state !== "Z");
    if (isAlive(record.worker)) signalProcess(record.worker, "SIGKILL");
    else if (living.length === 0) return;
    for (const row of living) {
      const identity = identify(row.pid);
      if (identity !== null && (row.start_time === "" || identity.start_time === row.start_time)) {
        signalProcess(identity, "SIGKILL");
      }
    }
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
  throw new BideError(
    "failed",
    `processes of session ${entry.session.name} are still there after ${KILL_ROUNDS} attempts`,
  );
}
