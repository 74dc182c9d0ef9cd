// `bide tmux ARGS...`: src/bin answers it before the command line is loaded, so this runs only when somebody came here by
// another way.

import type { Command } from "../command.ts";
import { runTmux } from "../tmux-terminal.ts";

export const run: Command = ({ env, roles, program = [] }) => runTmux(program, { env, command: roles.command });
