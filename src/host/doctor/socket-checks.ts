// Checks of the way to a live session's worker: its socket, its answer, its version. Called once per session. A
// worker that lost its socket makes it again by itself (faults U2), so nothing here is more than a warning, unless
// something else stands in the socket's place.

import { VERSION } from "../../base/version.ts";
import { type DoctorCheck, finding } from "./report.ts";
import type { SessionFacts } from "./session-facts.ts";

export function checkWorkerSocket(facts: SessionFacts): DoctorCheck[] {
  const { id: session, name, paths, answer } = facts;
  const at = { session, path: paths.socket };
  if (answer.kind === "unsafe") {
    const message = `${paths.socket}: expected the socket of session ${name}, got ${answer.got}; move it away`;
    return [finding("worker_socket_unsafe", message, at)];
  }
  if (answer.kind === "answers") return checkWorkerVersion(facts, answer.welcome.version);
  if (answer.kind === "unasked" || !facts.recordedLive || !facts.workerLives || facts.worker.kind !== "value")
    return [];
  const { socket, worker } = facts.worker.value;
  const who = `the worker of session ${name} (pid ${worker.pid}) lives`;
  if (answer.kind === "silent") return [finding("worker_silent", `${who} and does not answer: ${answer.why}`, at)];
  if (socket !== paths.socket) {
    const message =
      `${who}, and its socket is ${socket}, not ${paths.socket}: ` +
      "set BIDE_RUNTIME_DIR or XDG_RUNTIME_DIR as they were when it was started";
    return [finding("worker_socket_elsewhere", message, { session, path: socket })];
  }
  const again = `it makes its socket again within 30 s, or at once with \`kill -USR1 ${worker.pid}\``;
  if (answer.kind === "absent") {
    return [finding("worker_socket_missing", `${who}, and ${paths.socket} is gone; ${again}`, at)];
  }
  const message = `${who}, and nobody listens on ${paths.socket}; remove that file, then ${again}`;
  return [finding("worker_socket_dead", message, at)];
}

function checkWorkerVersion({ id: session, name }: SessionFacts, version: string): DoctorCheck[] {
  if (version === VERSION) return [];
  const message =
    `the worker of session ${name} has version ${version}, this command ${VERSION}; it stays usable, ` +
    `and \`bide restart ${name}\` after its end moves it to this one`;
  return [finding("worker_version_differs", message, { session })];
}
