// All sessions of a state root, one after the other, and what lies between them. Called by doctor.ts; reads like a
// table of contents of the checks of one session.

import { join } from "node:path";
import { isIdShaped } from "../../base/ids.ts";
import type { Paths } from "../../store/paths.ts";
import { sessionPaths } from "../../store/session-paths.ts";
import { checkFile, checkFiles, namesIn } from "./file-checks.ts";
import { findLeftBehind } from "./left-behind.ts";
import { checkStored } from "./log-checks.ts";
import { checkProcesses } from "./process-checks.ts";
import { checkMeta, checkSessionDirectory, checkWorkerRecord } from "./record-checks.ts";
import { type DoctorCheck, finding } from "./report.ts";
import { gatherFacts, type SessionFacts } from "./session-facts.ts";
import { checkWorkerSocket } from "./socket-checks.ts";

/** Each session asked costs a descriptor for a moment, and a shell may allow 64 of them. */
const AT_ONCE = 16;

export interface Sessions {
  readonly facts: readonly SessionFacts[];
  /** Pids by session id. */
  readonly leftBehind: ReadonlyMap<string, readonly number[]>;
  /** Of directories that were not looked into, and of what is no session. */
  readonly checks: readonly DoctorCheck[];
}

/** `askable`: the directory of the sockets is safe. `hostPid`: of the host that answers. */
export async function gatherSessions(paths: Paths, askable: boolean, hostPid: number | null): Promise<Sessions> {
  const names = namesIn(paths.sessions);
  const checks = checkStray(paths.sessions, names);
  const safe: string[] = [];
  for (const id of names.filter(isIdShaped)) {
    const unsafe = checkSessionDirectory(id, join(paths.sessions, id));
    checks.push(...unsafe);
    if (unsafe.length === 0) safe.push(id);
  }
  const facts: SessionFacts[] = [];
  for (let at = 0; at < safe.length; at += AT_ONCE) {
    const batch = safe.slice(at, at + AT_ONCE).map((id) => gatherFacts(id, sessionPaths(paths, id), askable));
    facts.push(...(await Promise.all(batch)));
  }
  return { facts, leftBehind: findLeftBehind(facts, paths.stateRoot, hostPid), checks };
}

export function checkSession(facts: SessionFacts, leftBehind: readonly number[]): DoctorCheck[] {
  return [
    ...checkMeta(facts),
    ...checkWorkerRecord(facts),
    ...checkProcesses(facts, leftBehind),
    ...checkWorkerSocket(facts),
    ...checkStored(facts),
    ...checkFiles(facts.paths.root, facts.id),
    ...(facts.answer.kind === "unasked" ? [] : checkFile(facts.paths.socket, facts.id)),
  ];
}

export function checkStray(directory: string, names: readonly string[]): DoctorCheck[] {
  return names
    .filter((name) => !isIdShaped(name))
    .map((name) => join(directory, name))
    .map((path) => finding("stray_entry", `${path} is no session: its name is no id`, { path }));
}
