// `bide doctor`: what is wrong with a state directory, its host and its sessions. Injected into the command line by
// src/bin. The rules: no host is started, nothing is written except by a repair that was asked for, and whatever is
// broken becomes a finding, never an exception. The checks are in doctor/, their codes in doctor/findings.ts.

import { BideError } from "../base/errors.ts";
import type { Environment } from "../base/locations.ts";
import { locationsInUse } from "../base/recorded-locations.ts";
import { ok, type Result } from "../base/result.ts";
import { type Paths, resolvePaths } from "../store/paths.ts";
import { checkArchive } from "./doctor/archive-checks.ts";
import { checkRuntimeDirectories, checkStateDirectories } from "./doctor/directories.ts";
import { checkEnvironment } from "./doctor/environment-checks.ts";
import { checkFiles } from "./doctor/file-checks.ts";
import { checkHost } from "./doctor/host-checks.ts";
import { checkLogout } from "./doctor/logout.ts";
import { repairsNamed, runRepairs } from "./doctor/repair.ts";
import { type DoctorCheck, type DoctorReport, finding, statusOf } from "./doctor/report.ts";
import { checkSession, gatherSessions } from "./doctor/session-checks.ts";
import { checkStraySockets } from "./doctor/stray-sockets.ts";

export interface DoctorOptions {
  readonly env: Environment;
  /** Codes of repairs to run first; the report shows the state after them. */
  readonly repair?: readonly string[];
  /** Where /etc, /run and /var are looked for; only tests give another. */
  readonly systemRoot?: string;
}

/** Fails only with `usage`, for an unknown repair (the hint names the known ones); everything else is in the report. */
export async function runDoctor({ env, repair = [], systemRoot = "/" }: DoctorOptions): Promise<Result<DoctorReport>> {
  const codes = repairsNamed(repair);
  if (!codes.ok) return codes;
  const machine = process.platform === "linux" ? checkLogout(systemRoot) : [];
  const resolved = resolvePaths(env);
  if (!resolved.ok) {
    const { message, hint } = BideError.from(resolved);
    const unusable = finding("location_unusable", hint === undefined ? message : `${message}; ${hint}`);
    const failed = codes.value.map(
      (code) => ({ code, status: "failed", session_id: null, path: null, message }) as const,
    );
    return ok(report([unusable, ...checkEnvironment(env, undefined), ...machine], failed));
  }
  const paths = locationsInUse(resolved.value);
  const repairs = await runRepairs(codes.value, paths);
  const checks = await checkPlaces(paths);
  return ok(
    report([...checkMoved(resolved.value, paths), ...checks, ...checkEnvironment(env, paths), ...machine], repairs),
  );
}

function checkMoved(own: Paths, { runtimeBase, runtimeDir: path }: Paths): DoctorCheck[] {
  if (runtimeBase === own.runtimeBase) return [];
  const message = `the sockets are below ${runtimeBase}, where commands find them; the environment names ${own.runtimeBase}`;
  return [finding("runtime_directory_elsewhere", message, { path })];
}

async function checkPlaces(paths: Paths): Promise<DoctorCheck[]> {
  const state = checkStateDirectories(paths);
  const runtime = checkRuntimeDirectories(paths);
  const host = await checkHost(paths, runtime.safe, state.readable);
  const checks = [...state.checks, ...runtime.checks, ...host.checks];
  if (state.readable) {
    const sessions = await gatherSessions(paths, runtime.safe, host.pid);
    checks.push(...checkFiles(paths.stateRoot), ...sessions.checks);
    for (const facts of sessions.facts) checks.push(...checkSession(facts, sessions.leftBehind.get(facts.id) ?? []));
    checks.push(...checkArchive(paths));
    if (runtime.safe) checks.push(...(await checkStraySockets(paths, sessions.facts)));
  } else if (state.safe && runtime.safe) {
    // No state at all: whoever answers in the runtime directory has lost its records.
    checks.push(...(await checkStraySockets(paths, [])));
  }
  return checks;
}

function report(checks: readonly DoctorCheck[], repairs: DoctorReport["repairs"]): DoctorReport {
  return { schema_version: 1, status: statusOf(checks), checks, repairs };
}
