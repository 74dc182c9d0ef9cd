// The answers that several verbs give about sessions, as text and as JSON (the command line page, "JSON
// shapes").

import type { Session } from "../protocol/session.ts";
import { visible } from "../terminal/visible.ts";
import { writeJson, writeLine } from "./output.ts";

/** The answer of `start` and `restart`: `name<TAB>pane<TAB>id`. */
export function writeStarted(session: Session, json: boolean): void {
  if (json) return writeSession(session);
  writeLine([session.name, session.pane_id, session.session_id].map(visible).join("\t"));
}

export function writeSession(session: Session): void {
  writeJson({ schema_version: 1, session });
}

/** `session` when the command named exactly one, else `sessions`. */
export function writeSessions(sessions: readonly Session[], one: boolean): void {
  const [only] = sessions;
  if (one && only !== undefined) writeSession(only);
  else writeJson({ schema_version: 1, sessions });
}
