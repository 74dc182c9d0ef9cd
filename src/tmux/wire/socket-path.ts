// Which socket a call means: -S, -L, the first field of TMUX, or the namespace `default`. Used by the shim, which must
// decide without asking anybody, and by the server for the names of its records.

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Environment, type Locations, shortHash, tmuxSocket } from "../../base/locations.ts";

/** The name of the record that a namespace leaves below the state root. */
export function recordName(socket: string): string {
  return shortHash(socket);
}

export function recordPath(stateRoot: string, socket: string): string {
  return join(stateRoot, "tmux", `${recordName(socket)}.json`);
}

/** The socket in `$TMUX` when it is one of ours: a real tmux around us is none of our business. */
export function socketFromEnvironment(env: Environment, locations: Locations): string | undefined {
  const path = env.TMUX?.split(",", 1)[0];
  if (!path?.startsWith("/")) return undefined;
  const ours =
    dirname(path) === dirname(tmuxSocket(locations.runtimeDir)) || existsSync(recordPath(locations.stateRoot, path));
  return ours ? path : undefined;
}

export interface WantedSocket {
  readonly socketName: string | undefined;
  readonly socketPath: string | undefined;
}

/** `shown`: the path as messages name it. */
export function chooseSocket(
  { socketName, socketPath }: WantedSocket,
  env: Environment,
  locations: Locations,
): { readonly path: string; readonly shown: string } {
  if (socketPath !== undefined) return { path: resolve(socketPath), shown: socketPath };
  const path =
    socketName === undefined
      ? (socketFromEnvironment(env, locations) ?? tmuxSocket(locations.runtimeDir))
      : tmuxSocket(locations.runtimeDir, socketName);
  return { path, shown: path };
}
