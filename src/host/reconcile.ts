// What a new host does first: it reads every record, connects to every worker that lives, and finds out what
// became of the others. A record that cannot be read is written again by its worker, if that lives; else it is left alone
// and named by doctor.

import { readdirSync } from "node:fs";
import { isIdShaped } from "../base/ids.ts";
import { isLive } from "../protocol/session-state.ts";
import { isAlive } from "../pty/identity.ts";
import { signalProcess } from "../pty/signals.ts";
import { quarantine, readJson } from "../store/atomic-json.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { readMeta, readWorkerRecord } from "./entry-files.ts";
import type { Host } from "./host.ts";
import { SessionEntry } from "./session-entry.ts";

/** How long a worker that lost its socket may take to make it again. */
const REBIND_LOOKS = 40;
const REBIND_MS = 25;

/** Fills the registry; resolves when every session's state is known. */
export async function reconcile(host: Host): Promise<void> {
  const unread = idsIn(host.paths.sessions).filter((id) => !load(host, id, false));
  await Promise.all(unread.map(async (id) => (await mended(host.pathsOf(id))) && load(host, id, false)));
  for (const id of idsIn(host.paths.archive)) {
    // A session that is in both places is the one that is not archived; doctor names the other.
    if (host.registry.byId(id) === undefined) load(host, id, true);
  }
  const panes = host.registry.entries.map((entry) => Number(entry.session.pane_id.slice(1)) + 1);
  host.reservePanes(Math.max(0, storedNextPane(host.paths.hostJson), ...panes.filter(Number.isSafeInteger)));
  await Promise.all(host.registry.live.map((entry) => reunite(entry)));
  // Parents may have ended while there was no host to end their children with them.
  for (const { live, session } of host.registry.entries) if (!live) host.endChildrenOf(session.session_id);
}

/** The last host's counter: panes of sessions that were purged since are not in any record. */
function storedNextPane(path: string): number {
  const read = readJson(path);
  if (!read.ok || read.value.kind === "absent") return 0;
  if (read.value.kind === "corrupt") {
    quarantine(path);
    return 0;
  }
  const next = (read.value.value as { next_pane?: unknown } | null)?.next_pane;
  return Number.isSafeInteger(next) ? (next as number) : 0;
}

/** Whether a worker lives that has written its record again. */
async function mended({ meta, worker: path }: SessionPaths): Promise<boolean> {
  const worker = readWorkerRecord(path)?.worker;
  for (let look = 0; worker !== undefined && look < REBIND_LOOKS && isAlive(worker); look += 1) {
    if (look % 10 === 0) signalProcess(worker, "SIGUSR1");
    await new Promise((resolve) => setTimeout(resolve, REBIND_MS));
    if (readMeta(meta).ok) return true;
  }
  return false;
}

/** False: its record cannot be read. */
function load(host: Host, id: string, archived: boolean): boolean {
  const paths = archived ? host.archivedPathsOf(id) : host.pathsOf(id);
  const meta = readMeta(paths.meta);
  if (!meta.ok || meta.value.session.session_id !== id) return false;
  const state = archived && isLive(meta.value.session) ? "lost" : meta.value.session.state;
  host.registry.add(
    new SessionEntry(paths, { ...meta.value, session: { ...meta.value.session, state, archived } }, host.entryHandlers),
  );
  return true;
}

/** Follows a worker that lives; settles the record of one that does not. */
async function reunite(entry: SessionEntry): Promise<void> {
  if ((await entry.follow()) || entry.standsStill) return;
  const record = entry.workerRecord();
  if (record !== undefined && isAlive(record.worker)) {
    // Something took its socket away; it makes a new one when it gets this signal.
    for (let look = 0; look < REBIND_LOOKS && isAlive(record.worker); look += 1) {
      if (look % 10 === 0) signalProcess(record.worker, "SIGUSR1");
      await new Promise((resolve) => setTimeout(resolve, REBIND_MS));
      if (await entry.follow()) return;
    }
  }
  await entry.settle();
  // An orphan is live, and yet nobody writes its files any more: its `delete --kill` must not wait for a worker.
  if (!entry.live || record === undefined || !isAlive(record.worker)) entry.noWorker();
}

function idsIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter(isIdShaped);
  } catch {
    return [];
  }
}
