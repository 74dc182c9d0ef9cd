// Checks of the directories of one state root: there, ours, private, readable. Called first by doctor.ts; the rule
// (faults S1, S2): what lies in a directory that is not safe is not connected to, and nothing is followed.

import { accessSync, constants, statfsSync } from "node:fs";
import { fileFailure } from "../../base/file-failure.ts";
import { isOurs, kindOf, lookAt, modeText, ourUid } from "../../base/file-kind.ts";
import type { Paths } from "../../store/paths.ts";
import { type DoctorCheck, finding } from "./report.ts";

/** `readable`: there is something to look at inside. `safe`: nobody else could have put it there. */
export interface DirectoryVerdict {
  readonly readable: boolean;
  readonly safe: boolean;
  readonly checks: readonly DoctorCheck[];
}

type Prefix = "state_directory" | "runtime_directory";

/** A log goes on until the last byte, so less than this is as good as none; the largest record has 1 MiB. */
const LITTLE_SPACE_BYTES = 4 * 1024 * 1024;

export function checkStateDirectories(paths: Paths): DirectoryVerdict {
  const root = checkDirectory("state_directory", paths.stateRoot);
  if (!root.readable) return root;
  const below = [paths.sessions, paths.archive, paths.views].map((path) => checkDirectory("state_directory", path));
  // A new state directory gets its parts with the first host: only the root's absence is worth a line.
  const parts = below.flatMap((part) => part.checks).filter((check) => check.code !== "state_directory_missing");
  return {
    readable: true,
    safe: root.safe && parts.length === 0,
    checks: [...root.checks, ...parts, ...checkWritable(paths.stateRoot), ...checkSpace(paths.stateRoot)],
  };
}

/** The base first: inside a base that others may write, nothing is worth checking. */
export function checkRuntimeDirectories(paths: Paths): DirectoryVerdict {
  const base = checkDirectory("runtime_directory", paths.runtimeBase);
  return base.readable && base.safe ? checkDirectory("runtime_directory", paths.runtimeDir) : base;
}

function checkDirectory(prefix: Prefix, path: string): DirectoryVerdict {
  const unusable = (check: DoctorCheck) => ({ readable: false, safe: false, checks: [check] });
  const found = lookAt(path);
  if (!found.ok) return unusable(finding(`${prefix}_unreadable`, found.message, { path }));
  const stats = found.value;
  if (stats === undefined) {
    return {
      readable: false,
      safe: true,
      checks: [finding(`${prefix}_missing`, `${path} does not exist yet`, { path })],
    };
  }
  if (stats.isSymbolicLink()) return unusable(finding(`${prefix}_symlinked`, expected(path, kindOf(stats)), { path }));
  if (!stats.isDirectory())
    return unusable(finding(`${prefix}_not_a_directory`, expected(path, kindOf(stats)), { path }));
  if (!isOurs(stats)) {
    const got = `one of uid ${stats.uid} (we are uid ${ourUid()})`;
    return unusable(finding(`${prefix}_foreign`, expected(path, got), { path }));
  }
  const open = (stats.mode & 0o077) !== 0;
  const checks = open ? [finding(`${prefix}_open`, expected(path, `mode ${modeText(stats)}`), { path })] : [];
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch {
    const check = finding(`${prefix}_unreadable`, `${path}: we may not read it (mode ${modeText(stats)})`, { path });
    return { readable: false, safe: !open, checks: [...checks, check] };
  }
  return { readable: true, safe: !open, checks };
}

function expected(path: string, got: string): string {
  return `${path}: expected a directory of ours with mode 0700, got ${got}; bide refuses it and never changes it`;
}

function checkWritable(path: string): DoctorCheck[] {
  try {
    accessSync(path, constants.W_OK);
    return [];
  } catch (error) {
    const { message } = fileFailure(`write into ${path}`, error);
    const effect = "no host can start, and nothing is stored";
    return [finding("state_directory_read_only", `${message}; ${effect}`, { path })];
  }
}

function checkSpace(path: string): DoctorCheck[] {
  try {
    const { bavail, bsize } = statfsSync(path);
    const free = bavail * bsize;
    if (free >= LITTLE_SPACE_BYTES) return [];
    const message = `${path}: ${Math.floor(free / 1024)} KiB of space are left; output is not stored when there is none`;
    return [finding("disk_full", message, { path })];
  } catch {
    // A file system that does not tell its space is no finding.
    return [];
  }
}
