// `bide help [VERB]`.

import { unwrap } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { findCommand } from "../find-command.ts";
import { printHelp } from "../help.ts";

export const run: Command = async ({ commands, positionals, env }) => {
  const [verb] = positionals;
  printHelp(commands, verb === undefined ? undefined : unwrap(findCommand(commands, verb)), env);
  return 0;
};
