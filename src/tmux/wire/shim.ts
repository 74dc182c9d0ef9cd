// `bide tmux ARGS...` and the program called `tmux` that execs it: what is asked of bide itself is answered here, everything
// else is one round trip to the tmux server (shim-call.ts). Called by src/bin before anything of bide's own command line is
// loaded, because agents call it hundreds of times; the parser of tmux's verbs is loaded only when no server answers.

import { unwrap } from "../../base/errors.ts";
import { locate } from "../../base/locations.ts";
import { locationsInUse } from "../../base/recorded-locations.ts";
import { parseGlobalFlags } from "../argv/global-flags.ts";
import { ShimCall, type ShimOptions } from "./shim-call.ts";
import { ShimLog } from "./shim-log.ts";
import { print } from "./shim-output.ts";
import { chooseSocket } from "./socket-path.ts";

export const TMUX_VERSION = "3.4";

/** Resolves to the exit code of the process. */
export async function runShim(argv: readonly string[], options: ShimOptions): Promise<number> {
  const log = new ShimLog(options.env.BIDE_TMUX_LOG, argv);
  const parsed = parseGlobalFlags(argv);
  if (parsed.kind === "version") return log.done(print(1, `tmux ${TMUX_VERSION}\n`, log), 0);
  if (parsed.kind === "usage") return log.done(print(2, parsed.text, log), 1);
  const { flags, rest } = parsed;
  const locations = locationsInUse(unwrap(locate(options.env)));
  if (rest[0] === "list-commands" && rest.includes("--json")) {
    const { commandSummaries } = await import("../argv/command-table.ts");
    const summaries = { schema_version: 1, commands: commandSummaries() };
    return log.done(print(1, `${JSON.stringify(summaries, null, 2)}\n`, log), 0);
  }
  if (flags.shellCommand !== undefined) {
    const { runShellCommand } = await import("./client-files.ts");
    return log.done(undefined, runShellCommand(flags.shellCommand, options.env));
  }
  const socket = chooseSocket(flags, options.env, locations);
  const call = new ShimCall(rest.length === 0 ? ["new-session"] : rest, flags, socket, locations, options, log);
  return log.done(undefined, await call.run());
}
