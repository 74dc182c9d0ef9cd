// Where the shim and the default tmux server of the caller's state directory are. For the verbs that set a shell or a
// session up for tools that call tmux.

import { unwrap } from "../base/errors.ts";
import { locate, shimDirectory, tmuxSocket } from "../base/locations.ts";
import { locationsInUse } from "../base/recorded-locations.ts";
import type { ShimPlace } from "../tmux/shim/shim-environment.ts";
import { installShim } from "../tmux/shim/shim-file.ts";
import type { CommandContext } from "./command.ts";

/** @throws BideError for places that cannot be used (78). */
export function shimPlace({ env }: Pick<CommandContext, "env">, hostPid = 0): ShimPlace {
  const { stateRoot, runtimeDir } = locationsInUse(unwrap(locate(env)));
  return { directory: shimDirectory(stateRoot), socket: tmuxSocket(runtimeDir), hostPid };
}

/** The same, with the shim written if need be. */
export function readyShim(context: Pick<CommandContext, "env" | "roles">, hostPid = 0): ShimPlace {
  const place = shimPlace(context, hostPid);
  unwrap(installShim(place.directory, context.roles.binary));
  return place;
}
