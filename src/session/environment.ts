// What a session runs: the words given, or the caller's login shell.

import type { Launch } from "../protocol/launch.ts";

export function commandOf(launch: Pick<Launch, "argv" | "env">): string[] {
  return launch.argv.length > 0 ? launch.argv : [launch.env.SHELL || "/bin/sh", "-l"];
}
