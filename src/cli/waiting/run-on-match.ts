// `watch --exec CMD`: runs a shell command when a condition holds. Its environment tells what happened; what it
// prints goes where the watcher's talk goes, because standard output carries data.

import type { Environment } from "../../base/locations.ts";
import type { WaitOutcome } from "../../client/index.ts";

/** Resolves to the exit code of the command, 128+n after a signal. */
export async function runOnMatch(
  command: string,
  { session, match, line, offset }: WaitOutcome,
  condition: string,
  env: Environment,
): Promise<number> {
  const child = Bun.spawn(["/bin/sh", "-c", command], {
    stdin: "ignore",
    stdout: 2,
    stderr: 2,
    env: {
      ...env,
      BIDE_WATCH_SESSION: session.name,
      BIDE_WATCH_SESSION_ID: session.session_id,
      BIDE_WATCH_STATE: session.state,
      BIDE_WATCH_AGENT_STATE: session.agent_state ?? "",
      BIDE_WATCH_EXIT_CODE: String(session.exit_code ?? ""),
      BIDE_WATCH_CONDITION: condition,
      BIDE_WATCH_MATCH: match ?? "",
      BIDE_WATCH_LINE: line ?? "",
      BIDE_WATCH_OFFSET: String(offset ?? ""),
    },
  });
  return child.exited;
}
