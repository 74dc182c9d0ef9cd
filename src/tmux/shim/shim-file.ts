// The shim: a program called tmux, in a directory of its own, that runs bide's. Written by `install-shim`, and by every
// command that puts the directory on a PATH. Rule: a directory that is not private is refused, never used.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileFailure } from "../../base/file-failure.ts";
import { lookAt } from "../../base/file-kind.ts";
import { ensurePrivateDirectory } from "../../base/private-directory.ts";
import { withUmask } from "../../base/private-umask.ts";
import { ok, type Result } from "../../base/result.ts";
import { quoteForSh } from "./quote.ts";

/** `directory`/tmux runs `binary tmux ARGS`; written only when it is not there as it should be. */
export function installShim(directory: string, binary: string): Result<{ path: string; written: boolean }> {
  const ready = ensurePrivateDirectory(directory);
  if (!ready.ok) return ready;
  const path = join(directory, "tmux");
  const text = shimText(binary);
  if (isThere(path, text)) return ok({ path, written: false });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    withUmask(0o077, () => writeFileSync(temporary, text, { mode: 0o700, flag: "wx" }));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    return fileFailure(`write ${path}`, error);
  }
  return ok({ path, written: true });
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
  return readFileSync(path, "utf8") === text;
}
