// `bide agent PROFILE [ARGS...]` and the shortcuts (`bide claude`): an agent in a session of its own, with the tmux
// shim first on its PATH. The program is looked for on the caller's PATH, because the host's may be an older one.

import { resolve } from "node:path";
import { readAgentConfig } from "../../agents/agent-config.ts";
import { findBinary, findProfile } from "../../agents/find-profile.ts";
import type { Profile } from "../../agents/profiles.ts";
import { startAgent } from "../../agents/start-agent.ts";
import { BideError, unwrap } from "../../base/errors.ts";
import { workingDirectory } from "../caller.ts";
import type { Command, CommandContext } from "../command.ts";
import { writeStarted } from "../session-output.ts";
import { startOptions } from "../start-options.ts";

export const run: Command = async (context) => {
  const { flags, positionals, json, program = [] } = context;
  const detach = flags.has("detach");
  for (const shown of ["status", "no-status"]) {
    if (detach && flags.has(shown)) throw new BideError("usage", `--detach and --${shown} exclude each other`);
  }
  if (json && !detach) throw new BideError("usage", "--json needs --detach: an attached agent draws on the terminal");
  const file = flags.text("agent-config");
  const configured = file === undefined ? undefined : unwrap(readAgentConfig(resolve(file)));
  const profile = unwrap(findProfile(positionals[0] ?? "", configured));
  const wanted = startOptions({ ...context, program: [binaryOf(profile, context), ...program] }, undefined, {
    tmux: true,
  });
  const bide = await context.connect();
  if (!detach) await (await import("../attach-session.ts")).checkAttach(context);
  const options = {
    ...wanted,
    env: { ...wanted.env, BIDE_AGENT: profile.name },
    role: "agent",
    labels: { agent: profile.name },
  };
  const session = await startAgent(bide, options, profile.sessionBase, flags.text("name"));
  if (detach) {
    writeStarted(session, json);
    return 0;
  }
  const { attachStarted } = await import("../attach-started.ts");
  return attachStarted(context, session, { status: profile.statusDefault });
};

function binaryOf(profile: Profile, { env, flags }: CommandContext): string {
  const found = findBinary(profile, env, workingDirectory(flags.text("cwd")));
  if (found !== undefined) return found;
  const hint = "install it, put it on PATH, or give another command: `bide agent COMMAND`";
  throw new BideError("program_not_found", `${profile.binary} was not found on PATH`, { hint });
}
