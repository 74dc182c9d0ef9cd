// The environment of a session's program: the caller's own, plus what tells it that it runs in bide. Rule:
// the command line page ("The child gets the caller's environment, plus ...").

import type { Launch } from "../protocol/launch.ts";

/** `TERM` is kept, or made xterm-256color when it is unset or dumb (a program cannot draw on those). */
export function withTerm(env: Readonly<Record<string, string>>): Record<string, string> {
  const term = env.TERM;
  return { ...env, TERM: term === undefined || term === "" || term === "dumb" ? "xterm-256color" : term };
}

/** What is run: the words given, or the caller's login shell. */
export function commandOf(launch: Pick<Launch, "argv" | "env">): string[] {
  return launch.argv.length > 0 ? launch.argv : [launch.env.SHELL || "/bin/sh", "-l"];
}
