// The shim when nobody answers at its socket: whether this call may start a tmux server, whether one only has to come back
// with its host, and otherwise tmux's own words for it. Loaded in that case alone.

import { existsSync } from "node:fs";
import { messageOf, unwrap } from "../../base/errors.ts";
import { type Environment, locate, shimDirectory } from "../../base/locations.ts";
import { isUnheard } from "../../base/unheard.ts";
import { connect } from "../../client/connect.ts";
import { findCommand } from "../argv/find-command.ts";
import { splitAtSemicolons } from "../argv/parse-commands.ts";
import { installShim } from "../shim/shim-file.ts";
import { systemText } from "./client-files.ts";

/** Commands that tmux starts a server for. */
const STARTING = new Set(["new-session", "attach-session", "start-server", "list-commands", "list-keys"]);

interface StartServerOptions {
  readonly argv: readonly string[];
  readonly socket: { readonly path: string; readonly shown: string };
  readonly refused: { readonly errno: string | undefined; readonly message: string };
  /** The file that a namespace leaves for the next host. */
  readonly recorded: string;
  /** The caller is in a bide session that becomes the first pane. */
  readonly adopts: boolean;
  readonly noStart: boolean;
  readonly env: Environment;
  readonly command: readonly string[];
}

/** Undefined when a server answers now; else what tmux would print. */
export async function startServer(options: StartServerOptions): Promise<string | undefined> {
  const { argv, socket, refused, recorded, adopts, noStart, env, command } = options;
  const gone = isUnheard({ code: refused.errno });
  const sorry =
    refused.errno === "ECONNREFUSED"
      ? `no server running on ${socket.shown}`
      : `error connecting to ${socket.shown} (${systemText(refused.errno)})`;
  const create = !noStart && (adopts || mayStart(argv));
  if (!gone || (!create && !existsSync(recorded))) return sorry;
  // The programs of its panes find it by the shim.
  const { stateRoot } = unwrap(locate(env));
  installShim(shimDirectory(stateRoot), env.BIDE_BIN || (command[0] ?? "bide"));
  try {
    const bide = await connect({ env, command });
    try {
      const { served, note } = await bide.request("tmux.serve", { socket: socket.path, create });
      return served ? undefined : note === undefined ? sorry : `${sorry}\n${note}`;
    } finally {
      bide.close();
    }
  } catch (error) {
    return `error connecting to ${socket.shown} (${messageOf(error)})`;
  }
}

/** A call that cannot be parsed starts nothing. */
function mayStart(argv: readonly string[]): boolean {
  return splitAtSemicolons(argv).some(([name = ""]) => {
    const found = findCommand(name);
    return found.ok && STARTING.has(found.value.name);
  });
}
