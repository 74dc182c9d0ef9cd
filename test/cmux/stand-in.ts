// A stand-in for the cmux command: records each call, answers as cmux does, and fails where a test wants it to. What it is
// told to `send` runs in a shell, as the shell of a real split would.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.ts";

const PROGRAM = `#!/bin/sh
calls="$(dirname "$0")/calls"
{ printf '%s' "$1"; shift_first=1; for word in "$@"; do [ -n "$shift_first" ] && { shift_first=; continue; }; printf '\\t%s' "$word"; done; printf '\\n'; } >> "$calls"
verb="$1"
if [ "$CMUX_FAILS" = "$verb" ]; then printf 'no\\033[31m %s\\n\\n today\\n' "$verb" >&2; exit 3; fi
case "$verb" in
  identify) printf '{"focused":{"surface_ref":"surface:1","workspace_ref":"workspace:1","window_ref":"window:1"}}\\n' ;;
  new-split) printf 'making\\n%s\\n' "\${CMUX_SAYS-OK surface:2 workspace:1}" ;;
  *) echo OK ;;
esac
`;

export interface StandInCmux {
  /** Directory to put first on PATH. */
  readonly bin: string;
  /** Each call so far, its words separated by blanks. */
  calls(): string[];
}

export function standInCmux(box: Sandbox): StandInCmux {
  const bin = join(box.root, "cmux-bin");
  mkdirSync(bin);
  const program = join(bin, "cmux");
  writeFileSync(program, PROGRAM);
  chmodSync(program, 0o755);
  const calls = join(bin, "calls");
  return {
    bin,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, "utf8")
            .trimEnd()
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => line.replaceAll("\t", " "))
        : [],
  };
}
