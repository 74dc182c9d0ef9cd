// The files of one session, live or archived, and of one view.
// Called by whoever reads or writes them; the rule it keeps: an id that could leave its directory never
// becomes a path (that is a bug of the caller, who resolves names to ids first, so it throws).

import { join } from "node:path";
import { isIdShaped } from "../base/ids.ts";
import { workerSocket } from "../base/locations.ts";
import type { Paths } from "./paths.ts";

export interface SessionPaths {
  readonly root: string;
  readonly meta: string;
  readonly worker: string;
  /** The environment for `restart`, 0600, shown nowhere. */
  readonly env: string;
  /** Held by the one writer of the directory (faults D7). */
  readonly lock: string;
  readonly log: string;
  readonly events: string;
  readonly snapshot: string;
  readonly scrollback: string;
  readonly replay: string;
  readonly socket: string;
}

export function sessionPaths(paths: Paths, id: string): SessionPaths {
  return filesBelow(paths, paths.sessions, id);
}

/** As sessionPaths, for a session that `delete` has moved to the archive. */
export function archivedPaths(paths: Paths, id: string): SessionPaths {
  return filesBelow(paths, paths.archive, id);
}

export interface ViewPaths {
  readonly root: string;
  readonly context: string;
  readonly events: string;
}

export function viewPaths(paths: Paths, uiId: string): ViewPaths {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(uiId)) throw new RangeError(`not the id of a view: ${uiId}`);
  const root = join(paths.views, uiId);
  return { root, context: join(root, "context.json"), events: join(root, "events.jsonl") };
}

function filesBelow(paths: Paths, directory: string, id: string): SessionPaths {
  if (!isIdShaped(id)) throw new RangeError(`not the id of a session: ${id}`);
  return sessionFiles(join(directory, id), workerSocket(paths.runtimeDir, id));
}

/** The files in a session's directory that is known already, as the worker is told it by the host. */
export function sessionFiles(root: string, socket: string): SessionPaths {
  return {
    root,
    meta: join(root, "meta.json"),
    worker: join(root, "worker.json"),
    env: join(root, "env.json"),
    lock: join(root, "session.lock"),
    log: join(root, "pty.log"),
    events: join(root, "events.jsonl"),
    snapshot: join(root, "terminal.snapshot.json"),
    scrollback: join(root, "scrollback.snapshot"),
    replay: join(root, "pty.replay"),
    socket,
  };
}
