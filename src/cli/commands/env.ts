// `bide env`: the lines that make a shell use the shim, for `eval`. Never starts a host; the number of a host that runs
// is told because tools expect one.

import { pathWithShim, type ShimShell, shellOf, shimLines, tmuxVariable } from "../../tmux/shim/shim-environment.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";
import { runningHost } from "../running-host.ts";
import { readyShim } from "../shim-place.ts";

export const run: Command = async (context) => {
  const { flags, env, json } = context;
  const shell = (flags.text("shell") as ShimShell | undefined) ?? shellOf(env);
  const place = readyShim(context, (await runningHost(context))?.host.pid);
  if (json) {
    const variables = {
      TMUX: tmuxVariable(place),
      TMUX_PANE: env.TMUX_PANE ?? env.BIDE_PANE ?? "%0",
      PATH: pathWithShim(env.PATH, place.directory),
    };
    writeJson({ schema_version: 1, shell, variables });
  } else for (const line of shimLines(shell, place)) writeLine(line);
  return 0;
};
