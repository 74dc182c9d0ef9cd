// Checks of the single files in a directory of ours: kind, owner, mode, and what crashes left (faults S5). Called for
// the state root and for each session's directory; looks with lstat, so nothing is followed.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isOurs, kindOf, lookAt, modeText } from "../../base/file-kind.ts";
import { identify } from "../../pty/identity.ts";
import { type DoctorCheck, finding } from "./report.ts";

/** Files of a session that no other check opens: a directory in their place would be told by nobody. */
const SESSION_FILE =
  /^(?:pty\.log(?:\.\d+)?|pty\.replay|env\.json|session\.lock|terminal\.snapshot\.json|scrollback\.snapshot)$/;

/** `session`: its id, when the directory is a session's. */
export function checkFiles(directory: string, session?: string): DoctorCheck[] {
  return namesIn(directory).flatMap((name) => [
    ...checkFile(join(directory, name), session),
    ...(session !== undefined && SESSION_FILE.test(name) ? checkNoDirectory(join(directory, name), session) : []),
    ...checkName(directory, name, session),
  ]);
}

/** One file or socket: open to others, or nothing that bide would touch. What is absent or a directory is fine. */
export function checkFile(path: string, session?: string): DoctorCheck[] {
  const found = lookAt(path);
  if (!found.ok || found.value === undefined || found.value.isDirectory()) return [];
  const stats = found.value;
  const at = { path, session };
  if (!stats.isFile() && !stats.isSocket()) {
    return [finding("file_unsafe", `${path}: expected a regular file of ours, got ${kindOf(stats)}`, at)];
  }
  if (!isOurs(stats)) {
    return [finding("file_unsafe", `${path}: expected a regular file of ours, got one of uid ${stats.uid}`, at)];
  }
  if ((stats.mode & 0o077) === 0) return [];
  return [finding("file_open", `${path}: expected mode 0600, got ${modeText(stats)}; chmod it yourself`, at)];
}

function checkNoDirectory(path: string, session: string): DoctorCheck[] {
  const found = lookAt(path);
  if (!found.ok || !found.value?.isDirectory()) return [];
  return [finding("file_unsafe", `${path}: expected a regular file of ours, got a directory`, { path, session })];
}

function checkName(directory: string, name: string, session: string | undefined): DoctorCheck[] {
  const path = join(directory, name);
  const at = { path, session };
  const writer = /\.(\d+)\.tmp$/.exec(name)?.[1];
  if (writer !== undefined && identify(Number(writer)) === null) {
    return [
      finding("leftover_temporary", `${path} was left by process ${writer}, which is gone; it can be removed`, at),
    ];
  }
  if (/\.(torn|corrupt)-\d{8}T/.test(name)) {
    return [finding("kept_aside", `${path} holds what was damaged; look at it and remove it`, at)];
  }
  const isErrors = session !== undefined && name === "worker.errors";
  return isErrors ? [finding("worker_errors", `${path}: the worker survived a bug of bide; please report it`, at)] : [];
}

/** Empty for a directory that cannot be read: that is a finding of its own. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
