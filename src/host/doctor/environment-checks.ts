// Checks of bide's own variables in the environment of the command. Called by doctor.ts; wrong ones make other
// commands fail far from the cause.

import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../base/errors.ts";
import { lookAt } from "../../base/file-kind.ts";
import { isIdShaped } from "../../base/ids.ts";
import type { Environment } from "../../base/locations.ts";
import { checkName } from "../../protocol/names.ts";
import type { Paths } from "../../store/paths.ts";
import { type DoctorCheck, finding } from "./report.ts";
import { checkShell, checkShim } from "./shim-checks.ts";

export function checkEnvironment(env: Environment, paths: Paths | undefined): DoctorCheck[] {
  return [
    ...checkSessionId(env.BIDE_SESSION_ID, paths),
    ...checkBin(env.BIDE_BIN),
    ...checkPrefix(env.BIDE_SESSION_PREFIX),
    ...checkShell(env),
    ...(paths === undefined ? [] : checkShim(env, paths)),
  ];
}

function checkSessionId(id: string | undefined, paths: Paths | undefined): DoctorCheck[] {
  if (!id || paths === undefined) return [];
  const isKnown = isIdShaped(id) && [paths.sessions, paths.archive].some((directory) => isThere(join(directory, id)));
  if (isKnown) return [];
  const message =
    `BIDE_SESSION_ID is ${JSON.stringify(id.slice(0, 100))}, and ${paths.stateRoot} has no such session: ` +
    "it was removed, or it belongs to another state directory";
  return [finding("unknown_session", message)];
}

function checkBin(bin: string | undefined): DoctorCheck[] {
  if (!bin) return [];
  try {
    accessSync(bin, constants.X_OK);
    if (statSync(bin).isFile()) return [];
    return [finding("bin_unusable", `BIDE_BIN is ${bin}, which is no program`, { path: bin })];
  } catch (error) {
    return [finding("bin_unusable", `BIDE_BIN is ${bin}, which cannot be run: ${messageOf(error)}`, { path: bin })];
  }
}

function checkPrefix(prefix: string | undefined): DoctorCheck[] {
  if (!prefix) return [];
  const named = checkName(`${prefix}a`);
  return named.ok ? [] : [finding("prefix_unusable", `BIDE_SESSION_PREFIX makes names that fail: ${named.message}`)];
}

function isThere(path: string): boolean {
  const found = lookAt(path);
  return found.ok && found.value !== undefined;
}
