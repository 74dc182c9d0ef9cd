// `session.list`: which sessions, in which order. Numbers come from what the workers told; only a worker that
// printed in the last moments is asked again.

import type * as v from "valibot";
import type { ListParams } from "../protocol/host-messages.ts";
import type { Session } from "../protocol/session.ts";
import type { Registry } from "./registry.ts";

/** Oldest first. Children are left out unless asked for; ended and archived ones likewise. */
export async function listSessions(registry: Registry, params: v.InferOutput<typeof ListParams>): Promise<Session[]> {
  for (const entry of registry.entries) entry.recheckOrphan();
  const matching = registry.entries.filter(({ live, session }) => {
    // `all` and `archived` together are everything that there is.
    if (session.archived ? !params.archived : params.archived && !params.all) return false;
    // A state that was asked for by name is shown wherever it is.
    if (!live && !params.all && !params.archived && params.state === undefined) return false;
    const child = session.parent_session_id !== null;
    if (params.children ? !child : child && !params.all) return false;
    if (params.role !== undefined && session.role !== params.role) return false;
    if (params.workspace !== undefined && session.workspace !== params.workspace) return false;
    if (params.state !== undefined && session.state !== params.state) return false;
    if (params.name_prefix !== undefined && !session.name.startsWith(params.name_prefix)) return false;
    return Object.entries(params.labels ?? {}).every(([key, value]) => session.labels[key] === value);
  });
  const sessions = await Promise.all(matching.map((entry) => entry.fresh()));
  return sessions.sort((a, b) =>
    a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : paneOf(a) - paneOf(b),
  );
}

function paneOf(session: Session): number {
  return Number(session.pane_id.slice(1));
}
