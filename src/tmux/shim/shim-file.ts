// The shim: a program called tmux, in a directory of its own, that runs bide's. Written by `install-shim`, and by every
// command that puts the directory on a PATH. Rule: a directory that is not private is refused, never used.

import { fileFailure } from "../../base/file-failure.ts";
import { lookAt } from "../../base/file-kind.ts";
import { nodePath, pathIn } from "../../base/plain-path.ts";
import { ensurePrivateDirectory } from "../../base/private-directory.ts";
import { withUmask } from "../../base/private-umask.ts";
import { nodeFs } from "../../base/quick-calls.ts";
import { ok, type Result } from "../../base/result.ts";
import { quoteForSh } from "./quote.ts";

/**
 * `directory`/tmux runs `binary tmux ARGS`; beside it are the files that put the directory first on PATH again in shells
 * whose startup files have changed it. Written only when they are not there as they should be.
 */
export function installShim(directory: string, binary: string): Result<{ path: string; written: boolean }> {
  // The state directory first: whoever may write there could put a directory of his own in the place of ours.
  for (const one of [nodePath().dirname(directory), directory]) {
    const ready = ensurePrivateDirectory(one);
    if (!ready.ok) return ready;
  }
  const path = pathIn(directory, "tmux");
  let written = false;
  for (const [name, text] of [
    ["env.sh", startupText("ENV")],
    ["bash-env.sh", startupText("BASH_ENV")],
    ["tmux", shimText(binary)],
  ] as const) {
    const done = writeProgram(pathIn(directory, name), text);
    if (!done.ok) return done;
    written ||= done.value;
  }
  return ok({ path, written });
}

/** True when it had to be written. */
function writeProgram(path: string, text: string): Result<boolean> {
  if (isThere(path, text)) return ok(false);
  const { renameSync, rmSync, writeFileSync } = nodeFs();
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    withUmask(0o077, () => writeFileSync(temporary, text, { mode: 0o700, flag: "wx" }));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    return fileFailure(`write ${path}`, error);
  }
  return ok(true);
}

/** Then the user's own file, which the variable named before; safe under `set -eu`. */
function startupText(variable: "ENV" | "BASH_ENV"): string {
  return [
    "# Written by bide for sessions with the tmux shim: first on PATH, also after login files that set PATH anew.",
    `if [ -n "\${BIDE_SHIM-}" ]; then case \${PATH-} in "$BIDE_SHIM":*) ;; *) PATH=$BIDE_SHIM:\${PATH-} ;; esac; fi`,
    `if [ -n "\${BIDE_${variable}-}" ] && [ -r "$BIDE_${variable}" ]; then . "$BIDE_${variable}"; fi`,
    "",
  ].join("\n");
}

/** The bide of the session comes second: the shim outlives upgrades, and a session may be older than it. */
function shimText(binary: string): string {
  const program = quoteForSh(binary);
  return [
    "#!/bin/sh",
    "# Written by bide: whoever calls tmux gets the tmux face of bide.",
    `[ -x ${program} ] && exec ${program} tmux "$@"`,
    '[ -x "$BIDE_BIN" ] && exec "$BIDE_BIN" tmux "$@"',
    `echo "tmux: bide is not at ${program.replaceAll(/["$`\\\\]/g, "\\$&")} any more; run its install-shim again" >&2`,
    "exit 127",
    "",
  ].join("\n");
}

function isThere(path: string, text: string): boolean {
  const found = lookAt(path);
  if (!found.ok || !found.value?.isFile() || (found.value.mode & 0o777) !== 0o700) return false;
  return nodeFs().readFileSync(path, "utf8") === text;
}
