// Where the host of a state directory listens, as it wrote down in host.json. The environment may name another runtime
// directory than it did when the host was started (cron, sudo, `docker exec` and some ways of ssh have no
// XDG_RUNTIME_DIR), and sessions have to be found from there too. Asked only when nobody listens where the environment
// says. Rule: a directory that is not safely ours counts for nothing, whatever is written down.

import { lookAt } from "./file-kind.ts";
import { type Locations, locationsIn } from "./locations.ts";
import { absolutePath, isAbsolutePath, pathIn } from "./plain-path.ts";
import { checkPrivateDirectory } from "./private-directory.ts";
import { nodeFs, quickExists } from "./quick-calls.ts";

// Two paths of at most 4 KiB and a few numbers; guards the memory.
const LARGEST_RECORD = 64 * 1024;

/** The recorded places; undefined when they are `own`, not safe, or not known. */
export function recordedLocations(own: Locations): Locations | undefined {
  const base = isPrivate(own.stateRoot) ? recordedBase(own.stateRoot) : undefined;
  if (base === undefined || base === own.runtimeBase) return undefined;
  const recorded = locationsIn(own.stateRoot, base);
  if (!recorded.ok || !isPrivate(base) || !isPrivate(recorded.value.runtimeDir)) return undefined;
  return recorded.value;
}

/** Where the host is, or the next one will be: `own`, as the environment says, or the recorded places. Asks nobody. */
export function locationsInUse<L extends Locations>(own: L): L {
  if (quickExists(own.hostSocket) ?? nodeFs().existsSync(own.hostSocket)) return own;
  const recorded = recordedLocations(own);
  return recorded !== undefined && holdsSockets(recorded) ? { ...own, ...recorded } : own;
}

/** Whether a host or a worker listens there, or did and was killed. */
export function holdsSockets({ runtimeDir }: Locations): boolean {
  try {
    return nodeFs()
      .readdirSync(runtimeDir)
      .some((name) => name.endsWith(".sock"));
  } catch {
    // It has gone this moment.
    return false;
  }
}

function recordedBase(stateRoot: string): string | undefined {
  try {
    const path = pathIn(stateRoot, "host.json");
    // A fifo in its place would be waited for, and every command with it.
    const found = lookAt(path);
    if (!found.ok || !found.value?.isFile() || found.value.size > LARGEST_RECORD) return undefined;
    const record: unknown = JSON.parse(nodeFs().readFileSync(path, "utf8"));
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
