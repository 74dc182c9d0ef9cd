// Sockets in the runtime directory that belong to no session that was looked at: a worker whose record somebody
// removed (the session runs and cannot be listed), or what a killed worker left. Called by doctor.ts when the
// sessions could be read.

import { join } from "node:path";
import type { Paths } from "../../store/paths.ts";
import { askWorker } from "./ask-worker.ts";
import { namesIn } from "./file-checks.ts";
import { type DoctorCheck, finding } from "./report.ts";
import type { SessionFacts } from "./session-facts.ts";

export async function checkStraySockets(paths: Paths, sessions: readonly SessionFacts[]): Promise<DoctorCheck[]> {
  const asked = new Set(sessions.filter((facts) => facts.answer.kind !== "unasked").map((facts) => facts.paths.socket));
  const ids = new Set(sessions.map((facts) => facts.id));
  const checks: DoctorCheck[] = [];
  for (const name of namesIn(paths.runtimeDir)) {
    const path = join(paths.runtimeDir, name);
    if (!name.endsWith(".sock") || path === paths.hostSocket || asked.has(path)) continue;
    const answer = await askWorker(path);
    if (answer.kind === "dead") {
      checks.push(finding("leftover_socket", `nobody listens on ${path}; it can be removed`, { path }));
    } else if (answer.kind === "answers" && !ids.has(answer.welcome.session_id)) {
      const { session_id: session, pid } = answer.welcome;
      const message =
        `the worker (pid ${pid}) of session ${session} lives, and the session has no record in ${paths.sessions}: ` +
        `bide cannot list it; \`kill ${pid}\` ends it in good order`;
      checks.push(finding("worker_unrecorded", message, { session, path }));
    }
  }
  return checks;
}
