// Checks of the host of a state directory: its socket, its lock, its record. Called by doctor.ts; the rules: only
// a hello is said, no host is started, and the lock is looked at without writing into its file.

import { closeSync } from "node:fs";
import { isCausedBy } from "../../base/file-failure.ts";
import { isOurs, kindOf, lookAt, modeText, ourUid } from "../../base/file-kind.ts";
import { ok, type Result } from "../../base/result.ts";
import { VERSION } from "../../base/version.ts";
import type { HostResult } from "../../protocol/host-messages.ts";
import { readJson } from "../../store/atomic-json.ts";
import { flockExclusive, unflock } from "../../store/flock.ts";
import { lockOwner } from "../../store/lock.ts";
import type { Paths } from "../../store/paths.ts";
import { openPrivateFile } from "../../store/private-file.ts";
import { askHost, type HostAnswer } from "./ask-host.ts";
import { type DoctorCheck, finding } from "./report.ts";

type Hello = HostResult<"system.hello">;
type LockState = "held" | "free";

export interface HostVerdict {
  /** The host that answers, if one does. */
  readonly pid: number | null;
  readonly checks: readonly DoctorCheck[];
}

// A host that starts or ends has its lock without its socket, or the other way round, for a moment.
const LOOKS = 6;
const LOOK_MS = 20;

/** `askable`: the runtime directory is safe, so that what listens in it is ours. `readable`: there is a state root. */
export async function checkHost(paths: Paths, askable: boolean, readable: boolean): Promise<HostVerdict> {
  const socketChecks = askable ? checkSocketFile(paths.hostSocket) : [];
  const asked = askable && !socketChecks.some((check) => check.severity === "critical");
  let look = await lookAtHost(paths, asked);
  for (let count = 1; asked && count < LOOKS && isInMotion(look); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    look = await lookAtHost(paths, asked);
  }
  const { lock, answer, hello } = look;
  const lockState = lock.ok ? lock.value : "free";
  const checks = lock.ok ? [] : [finding("host_lock_unsafe", lock.message, { path: paths.hostLock })];
  if (hello === null) {
    const why = answer.kind === "silent" ? answer.why : undefined;
    checks.push(...socketChecks, ...checkAbsence(paths, lockState, asked, why));
  } else {
    checks.push(...socketChecks, ...checkVersion(paths, hello), ...(lock.ok ? checkLock(paths, lockState) : []));
  }
  return { pid: hello?.pid ?? null, checks: [...checks, ...(readable ? checkRecord(paths, hello) : [])] };
}

async function lookAtHost(paths: Paths, asked: boolean) {
  const lock = lookAtLock(paths.hostLock);
  const answer: HostAnswer = asked ? await askHost(paths.hostSocket) : { kind: "nobody" };
  if (answer.kind === "answers") answer.line.close();
  return { lock, answer, hello: answer.kind === "answers" ? answer.hello : null };
}

function isInMotion({ lock, answer }: Awaited<ReturnType<typeof lookAtHost>>): boolean {
  if (!lock.ok) return false;
  return lock.value === "held" ? answer.kind === "nobody" : answer.kind === "answers";
}

/** `held` while a host (or a repair) has it. Taken for a moment if it is free: whoever starts just then tries again. */
export function lookAtLock(path: string): Result<LockState> {
  const opened = openPrivateFile(path, "read");
  if (!opened.ok) return isCausedBy(opened, "ENOENT") || isCausedBy(opened, "ENOTDIR") ? ok("free") : opened;
  try {
    const locked = flockExclusive(opened.value);
    if (!locked.ok) return locked;
    if (locked.value) unflock(opened.value);
    return ok(locked.value ? "free" : "held");
  } finally {
    closeSync(opened.value);
  }
}

function checkSocketFile(path: string): DoctorCheck[] {
  const found = lookAt(path);
  if (!found.ok || found.value === undefined) return [];
  const stats = found.value;
  const refused = (got: string) =>
    `${path}: expected a socket of ours, got ${got}; bide does not touch it: move it away`;
  if (!stats.isSocket()) return [finding("host_socket_not_a_socket", refused(kindOf(stats)), { path })];
  if (!isOurs(stats)) {
    return [finding("host_socket_foreign", refused(`one of uid ${stats.uid} (we are uid ${ourUid()})`), { path })];
  }
  if ((stats.mode & 0o077) === 0) return [];
  return [finding("host_socket_open", `${path}: expected mode 0600, got ${modeText(stats)}`, { path })];
}

/** No host answers: because there is none, or because the one that holds the lock cannot be reached. */
function checkAbsence(paths: Paths, lock: LockState, asked: boolean, why: string | undefined): DoctorCheck[] {
  const path = paths.hostSocket;
  const found = lookAt(path);
  const isThere = found.ok && found.value?.isSocket() === true;
  if (lock === "held" || why !== undefined) {
    const owner = lockOwner(paths.hostLock);
    const reason = why ?? (isThere ? "nobody listens on its socket" : "its socket is not here");
    const hint = isThere
      ? "it may be stopped or starved"
      : "it makes it again within 30 s, or it was started with another BIDE_RUNTIME_DIR or XDG_RUNTIME_DIR";
    const message = `the host (pid ${owner ?? "unknown"}) holds host.lock and cannot be reached: ${reason}; ${hint}`;
    return [finding("host_unreachable", message, { path })];
  }
  if (!asked) return [];
  if (isThere)
    return [finding("host_socket_dead", `nobody listens on ${path}; the next command replaces it`, { path })];
  return [finding("host_absent", "no host runs; the next command that needs one starts it", { path })];
}

function checkVersion(paths: Paths, { version, pid }: Hello): DoctorCheck[] {
  const path = paths.hostSocket;
  if (version === VERSION)
    return [finding("host_answers", `the host (pid ${pid}, version ${version}) answers`, { path })];
  const message =
    `the host (pid ${pid}) has version ${version}, this command ${VERSION}; ` +
    "`bide host stop` ends the host alone, and the next command starts one of its own version";
  return [finding("host_version_differs", message, { path })];
}

function checkLock(paths: Paths, lock: LockState): DoctorCheck[] {
  if (lock === "held") return [];
  const message = `a host answers, and nobody holds ${paths.hostLock}: the file was replaced; restart the host`;
  return [finding("host_lock_free", message, { path: paths.hostLock })];
}

function checkRecord({ hostJson: path }: Paths, hello: Hello | null): DoctorCheck[] {
  const read = readJson(path);
  if (!read.ok) return [finding("host_record_corrupt", read.message, { path })];
  if (read.value.kind === "absent") return [];
  if (read.value.kind === "corrupt") return [finding("host_record_corrupt", read.value.reason, { path })];
  const pid = (read.value.value as { pid?: unknown } | null)?.pid;
  if (typeof pid !== "number") {
    return [finding("host_record_corrupt", `${path}: expected the record of a host, got something else`, { path })];
  }
  if (hello === null || hello.pid === pid) return [];
  const message = `${path} names process ${pid}, and process ${hello.pid} answers as the host`;
  return [finding("host_record_differs", message, { path })];
}
