// Whether an error of connecting to a Unix socket means that nobody has heard us: somebody else may be started then, and
// asked the same. Asked by clients of the host and of the tmux server, and by doctor.

import { errnoOf } from "./errors.ts";

/**
 * ENOENT: no file; ECONNREFUSED: nobody behind it; ECONNRESET: a listener that died while the connection waited to be
 * accepted, so that nothing of it was read (unix_release_sock of Linux).
 */
const NOBODY = ["ENOENT", "ECONNREFUSED", "ECONNRESET"];

/** `error` as a rejected connect gives it; of a connection that was open it tells nothing. */
export function isUnheard(error: unknown): boolean {
  return NOBODY.includes(errnoOf(error) ?? "");
}
