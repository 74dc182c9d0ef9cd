// Where the host of a state directory listens, as it wrote down in host.json. The environment may name another runtime
// directory than it did when the host was started (cron, sudo, `docker exec` and some ways of ssh have no
// XDG_RUNTIME_DIR), and sessions have to be found from there too. Asked only when nobody listens where the environment
// says. Rule: a directory that is not safely ours counts for nothing, whatever is written down.

import { type Environment, type Locations, locate, locationsIn } from "./locations.ts";
import { absolutePath, isAbsolutePath, pathIn } from "./plain-path.ts";
import { checkPrivateDirectory } from "./private-directory.ts";
import { nodeFs, quickExists } from "./quick-calls.ts";
import { ok, type Result } from "./result.ts";

/** The recorded places; undefined when they are `own`, not safe, or not known. */
export function recordedLocations(own: Locations): Locations | undefined {
  const base = isPrivate(own.stateRoot) ? recordedBase(own.stateRoot) : undefined;
  if (base === undefined || base === own.runtimeBase) return undefined;
  const recorded = locationsIn(own.stateRoot, base);
  if (!recorded.ok || !isPrivate(base) || !isPrivate(recorded.value.runtimeDir)) return undefined;
  return recorded.value;
}

/** As `locate`, for who has to name the host's places without asking it. Fails as that does. */
export function locateHost(env: Environment): Result<Locations> {
  const own = locate(env);
  if (!own.ok || isThere(own.value.hostSocket)) return own;
  const recorded = recordedLocations(own.value);
  return recorded !== undefined && isThere(recorded.hostSocket) ? ok(recorded) : own;
}

function recordedBase(stateRoot: string): string | undefined {
  try {
    const record: unknown = JSON.parse(nodeFs().readFileSync(pathIn(stateRoot, "host.json"), "utf8"));
    const base = (record as { runtime_base?: unknown } | null)?.runtime_base;
    return typeof base === "string" && isAbsolutePath(base) && absolutePath(base) === base ? base : undefined;
  } catch {
    // No host has written one, or it is damaged: doctor says so.
    return undefined;
  }
}

function isPrivate(directory: string): boolean {
  const checked = checkPrivateDirectory(directory);
  return checked.ok && checked.value === "private";
}

function isThere(path: string): boolean {
  return quickExists(path) ?? nodeFs().existsSync(path);
}
