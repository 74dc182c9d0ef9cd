// `bide completions SHELL`: the script that teaches a shell bide's verbs, flags and sessions.

import type { Command, CommandSpec } from "../command.ts";
import { bashScript } from "../completions/bash.ts";
import { fishScript } from "../completions/fish.ts";
import { nuScript } from "../completions/nu.ts";
import { zshScript } from "../completions/zsh.ts";
import { writeText } from "../output.ts";

const SCRIPTS: Readonly<Record<string, (commands: readonly CommandSpec[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  nu: nuScript,
};

export const run: Command = async ({ commands, positionals: [shell = ""] }) => {
  // The parser has checked the shell against the table's choices.
  writeText(SCRIPTS[shell]?.(commands) ?? "");
  return 0;
};
