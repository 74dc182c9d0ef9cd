// Checks of a session's records: meta.json (what it is) and worker.json (who runs it). Called once per session. A
// damaged record is named and left where it is: nobody but its owner can say what was in it.

import type { Stats } from "node:fs";
import { isOurs, kindOf, lookAt, modeText } from "../../base/file-kind.ts";
import type { SessionPaths } from "../../store/session-paths.ts";
import { type DoctorCheck, finding } from "./report.ts";
import type { SessionFacts } from "./session-facts.ts";

/** The host gives a new worker this long to answer (worker-launcher.ts). */
const START_LIMIT_MS = 20_000;

export function checkMeta({ id: session, paths, meta, worker, answer }: SessionFacts): DoctorCheck[] {
  const path = paths.meta;
  const runs =
    answer.kind === "answers"
      ? `; its worker (pid ${answer.welcome.pid}) lives and writes it again for the next host: bide host stop, then bide list`
      : "";
  if (meta.kind === "corrupt") {
    const message = `${meta.reason}; the session is not listed, its files are kept${runs}`;
    return [finding("meta_corrupt", message, { path, session })];
  }
  if (meta.kind === "value" || mayBeNew(paths, worker)) return [];
  return [finding("meta_missing", `${path} is missing; the session is not listed${runs}`, { path, session })];
}

/** meta.json comes with the program, and worker.json after it: a directory without both may be a session in the making. */
function mayBeNew({ root }: SessionPaths, worker: SessionFacts["worker"]): boolean {
  if (worker.kind !== "absent") return false;
  const found = lookAt(root);
  // Gone meanwhile: somebody deleted the session while we looked.
  return found.ok && (found.value === undefined || Date.now() - found.value.birthtimeMs < START_LIMIT_MS);
}

export function checkWorkerRecord({
  id: session,
  name,
  paths,
  meta,
  worker,
  recordedLive,
}: SessionFacts): DoctorCheck[] {
  const path = paths.worker;
  if (worker.kind === "value") return [];
  if (worker.kind === "absent") {
    if (!recordedLive) return [];
    const message = `${path} is missing: nobody can tell which processes session ${name} has`;
    return [finding("worker_record_missing", message, { path, session })];
  }
  const mayBeLive = recordedLive || meta.kind !== "value";
  const code = mayBeLive ? "worker_record_corrupt" : "ended_worker_record_corrupt";
  return [finding(code, worker.reason, { path, session })];
}

/** The directory itself; with a finding, nothing inside is looked at. */
export function checkSessionDirectory(session: string, path: string): DoctorCheck[] {
  const found = lookAt(path);
  if (found.ok && found.value === undefined) return [];
  const got = found.ok ? wrongWith(found.value) : found.message;
  if (got === undefined) return [];
  const message = `${path}: expected a directory of ours with mode 0700, got ${got}`;
  return [finding("session_directory_unsafe", message, { path, session })];
}

function wrongWith(stats: Stats | undefined): string | undefined {
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return kindOf(stats);
  if (!isOurs(stats)) return `one of uid ${stats.uid}`;
  return (stats.mode & 0o077) === 0 ? undefined : `mode ${modeText(stats)}`;
}
