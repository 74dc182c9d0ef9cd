// Checks of what a shell was set up with: the tmux shim on PATH, and the login shell that a session without a program
// runs. Called by doctor.ts; both go wrong far from where they were set.

import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../base/errors.ts";
import { type Environment, shimDirectory, tmuxSocket } from "../../base/locations.ts";
import type { Paths } from "../../store/paths.ts";
import { type DoctorCheck, finding } from "./report.ts";

export function checkShim(env: Environment, paths: Paths): DoctorCheck[] {
  const directory = shimDirectory(paths.stateRoot);
  const shim = join(directory, "tmux");
  const onPath = (env.PATH ?? "").split(":").includes(directory);
  // Where a tool believes that it is inside our tmux, the tmux that it calls must be ours too.
  const inside = env.TMUX?.split(",")[0] === tmuxSocket(paths.runtimeDir);
  if (!onPath && !inside) return [];
  const found = Bun.which("tmux", { PATH: env.PATH ?? "" });
  if (onPath && unusable(shim) !== undefined) {
    return [
      finding("shim_missing", `${directory} is on PATH and holds no tmux; bide install-shim writes it`, { path: shim }),
    ];
  }
  if (found === shim) return [];
  const got = found === null ? "none" : found;
  return [
    finding("shim_not_first", `expected tmux to be ${shim}, got ${got}; put ${directory} first on PATH`, {
      path: shim,
    }),
  ];
}

export function checkShell(env: Environment): DoctorCheck[] {
  const shell = env.SHELL;
  if (!shell) return [];
  const why = unusable(shell);
  return why === undefined
    ? []
    : [finding("shell_unusable", `SHELL is ${shell}, which cannot be run: ${why}`, { path: shell })];
}

/** Why a path is no program that we may run; undefined when it is one. */
function unusable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? undefined : "it is no file";
  } catch (error) {
    return messageOf(error);
  }
}
