// `bide init`: what to put into a shell's startup file, as a preview. Writes nothing, starts nothing: a file of the user's
// is changed by the user.

import { type ShimShell, shellOf } from "../../tmux/shim/shim-environment.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";

interface Setup {
  readonly file: string;
  /** Lines for the file. */
  readonly lines: readonly string[];
}

const SETUPS: Readonly<Record<ShimShell, Setup>> = {
  bash: { file: "~/.bashrc", lines: ['eval "$(bide env --shell bash)"', "source <(bide completions bash)"] },
  zsh: { file: "~/.zshrc", lines: ['eval "$(bide env --shell zsh)"', "source <(bide completions zsh)"] },
  fish: {
    file: "~/.config/fish/config.fish",
    lines: ["bide env --shell fish | source", "bide completions fish | source"],
  },
  posix: { file: "~/.profile", lines: ['eval "$(bide env --shell posix)"'] },
};

const NOTES = [
  "nothing was written; the lines are for you to add",
  "the first line makes every program of that shell find bide as tmux; leave it out to have that only in sessions started with --tmux and in agents",
  "bide sessions need neither: shells that bide starts are set up without any file",
];

export const run: Command = async ({ flags, env, json }) => {
  const shell = (flags.text("shell") as ShimShell | undefined) ?? shellOf(env);
  const { file, lines } = SETUPS[shell];
  const steps = ["bide doctor", "bide install-shim", ...lines.map((line) => `add to ${file}: ${line}`)];
  if (json) writeJson({ schema_version: 1, shell, modifies_files: false, file, lines, steps, notes: NOTES });
  else {
    writeLine("bide init preview");
    writeLine(`shell\t${shell}`);
    writeLine("modifies_files\tno");
    for (const [index, step] of steps.entries()) writeLine(`step\t${index + 1}\t${step}`);
    for (const note of NOTES) writeLine(`note\t${note}`);
  }
  return 0;
};
