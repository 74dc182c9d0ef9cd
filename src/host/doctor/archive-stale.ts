// The repair ARCHIVE_STALE: sessions recorded live or lost of which no process is left go to the archive. Called by
// repair.ts. The rules: a session with any living process is never touched, nothing is purged, and while a host runs
// it does the moving (the registry is its own); without one everything happens under its lock, so none can start.

import { BideError, messageOf } from "../../base/errors.ts";
import { acquireLock } from "../../store/lock.ts";
import type { Paths } from "../../store/paths.ts";
import { prepareState } from "../../store/prepare.ts";
import { archivedPaths } from "../../store/session-paths.ts";
import { archiveByHand, noteRepair } from "./archive-by-hand.ts";
import { askHost, type HostLine } from "./ask-host.ts";
import { checkRuntimeDirectories, checkStateDirectories } from "./directories.ts";
import type { DoctorRepair } from "./report.ts";
import { gatherSessions } from "./session-checks.ts";
import type { SessionFacts } from "./session-facts.ts";
import { isUnsettled, livingOf } from "./stale.ts";

/** A host moves a directory in a millisecond; a starved one may need long. */
const DELETE_MS = 10_000;

const CODE = "ARCHIVE_STALE";

export async function archiveStale(paths: Paths): Promise<DoctorRepair[]> {
  const unsafe = [...checkStateDirectories(paths).checks, ...checkRuntimeDirectories(paths).checks];
  // Without safe directories nobody can tell whose records these are, and which worker still answers.
  const refusal = unsafe.find((check) => check.severity === "critical");
  if (refusal !== undefined) return [whole("failed", refusal.message, refusal.path)];
  const nothing = [whole("skipped", "no stale session to archive", null)];
  // A first look, so that nothing at all is written where nothing is to be done.
  if (!(await gatherSessions(paths, true, null)).facts.some(isUnsettled)) return nothing;
  const host = await askHost(paths.hostSocket);
  if (host.kind === "silent") return [whole("failed", `the host does not answer: ${host.why}`, paths.hostSocket)];
  const repairs =
    host.kind === "answers" ? await throughHost(paths, host.hello.pid, host.line) : await underLock(paths);
  return repairs.length > 0 ? repairs : nothing;
}

async function throughHost(paths: Paths, hostPid: number, host: HostLine): Promise<DoctorRepair[]> {
  try {
    return await eachStale(paths, hostPid, async ({ id }) => {
      const selectors = [{ text: id }];
      await host.request("session.delete", { selectors, purge: false, kill: false }, DELETE_MS);
      return noteRepair(archivedPaths(paths, id), id, CODE);
    });
  } finally {
    host.close();
  }
}

async function underLock(paths: Paths): Promise<DoctorRepair[]> {
  const lock = acquireLock(paths.hostLock);
  if (!lock.ok) return [whole("failed", `${lock.message}, and no host answers`, paths.hostLock)];
  try {
    const prepared = prepareState(paths);
    if (!prepared.ok) return [whole("failed", prepared.message, paths.stateRoot)];
    return await eachStale(paths, null, (facts) => archiveByHand(paths, facts, CODE));
  } finally {
    lock.value.dispose();
  }
}

/** Runs the repair for every stale session; it throws or returns a failure's message to say that it failed. */
async function eachStale(
  paths: Paths,
  hostPid: number | null,
  archive: (facts: SessionFacts) => Promise<string | undefined>,
): Promise<DoctorRepair[]> {
  const { facts: sessions, leftBehind } = await gatherSessions(paths, true, hostPid);
  const repairs: DoctorRepair[] = [];
  for (const facts of sessions.filter(isUnsettled)) {
    const living = livingOf(facts, leftBehind.get(facts.id) ?? []);
    const one = { code: CODE, session_id: facts.id } as const;
    if (living.length > 0) {
      // A session that simply runs is nothing to talk about.
      if (facts.workerLives && facts.programLives) continue;
      const message = `session ${facts.name} still has living processes: pid ${living.join(", ")}`;
      repairs.push({ ...one, status: "skipped", path: facts.paths.root, message });
      continue;
    }
    const { root } = archivedPaths(paths, facts.id);
    const failure = await archive(facts).catch(reasonOf);
    repairs.push(
      failure === undefined
        ? { ...one, status: "applied", path: root, message: `session ${facts.name} is in the archive` }
        : { ...one, status: "failed", path: facts.paths.root, message: failure },
    );
  }
  return repairs;
}

function reasonOf(error: unknown): string {
  const hint = error instanceof BideError ? error.hint : undefined;
  return hint === undefined ? messageOf(error) : `${messageOf(error)}; ${hint}`;
}

function whole(status: DoctorRepair["status"], message: string, path: string | null): DoctorRepair {
  return { code: CODE, status, session_id: null, path, message };
}
