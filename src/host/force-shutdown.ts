// `shutdown --force` when the host is dead: ends the live workers by their records, without leaving a host
// behind. It takes the host's lock for as long as it works, so that no host can start meanwhile.

import { checkPrivateDirectory } from "../base/private-directory.ts";
import { ok, type Result } from "../base/result.ts";
import type { Session } from "../protocol/session.ts";
import { acquireLock, type Lock } from "../store/lock.ts";
import { resolvePaths } from "../store/paths.ts";
import { endLeftovers } from "./end-leftovers.ts";
import { killSession } from "./end-session.ts";
import { Host, type HostOptions } from "./host.ts";
import { reconcile } from "./reconcile.ts";
import { settledPaths } from "./settled-paths.ts";

/** A host that has just ended, or was killed, holds its lock a moment longer than its socket. */
const ENDING_LOOKS = 100;
const ENDING_LOOK_MS = 20;

/** The sessions that were ended; fails with `busy` while a host holds the lock. */
export async function forceShutdown(
  options: Pick<HostOptions, "command" | "binary"> & { readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Result<Session[]>> {
  const paths = resolvePaths(options.env);
  if (!paths.ok) return paths;
  const state = checkPrivateDirectory(paths.value.stateRoot);
  if (!state.ok) return state;
  if (state.value === "absent") return ok([]);
  const lock = await lockOfEnded(paths.value.hostLock);
  if (!lock.ok) return lock;
  const host = new Host({ ...options, paths: settledPaths(paths.value), env: {}, spares: 0 });
  try {
    await reconcile(host);
    const ended = await Promise.all(host.registry.live.map((entry) => killSession(host, entry)));
    await endLeftovers(host, true);
    return ok(ended);
  } finally {
    host.dispose();
    lock.value.dispose();
  }
}

async function lockOfEnded(path: string): Promise<Result<Lock>> {
  for (let look = 0; ; look += 1) {
    const lock = acquireLock(path);
    if (lock.ok || lock.code !== "busy" || look === ENDING_LOOKS) return lock;
    await new Promise((resolve) => setTimeout(resolve, ENDING_LOOK_MS));
  }
}
