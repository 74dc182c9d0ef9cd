// The files of one state root beside its sockets (base/locations.ts): records, archive, views, the host's own.
// Called first by the host and the worker. Creates nothing; prepare.ts does.

import { join } from "node:path";
import { type Environment, type Locations, locate } from "../base/locations.ts";
import { ok, type Result } from "../base/result.ts";

export interface Paths extends Locations {
  readonly sessions: string;
  readonly archive: string;
  readonly views: string;
  readonly hostLock: string;
  readonly hostJson: string;
}

/** Fails as `locate` does. */
export function resolvePaths(env: Environment, platform: NodeJS.Platform = process.platform): Result<Paths> {
  const located = locate(env, platform);
  if (!located.ok) return located;
  const { stateRoot } = located.value;
  return ok({
    ...located.value,
    sessions: join(stateRoot, "sessions"),
    archive: join(stateRoot, "archive"),
    views: join(stateRoot, "views"),
    hostLock: join(stateRoot, "host.lock"),
    hostJson: join(stateRoot, "host.json"),
  });
}
