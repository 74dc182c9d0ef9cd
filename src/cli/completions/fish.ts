// The completion script for fish, from the table of commands.

import type { CommandSpec, Completes, FlagSpec, PositionalSpec } from "../command.ts";
import { namesOf } from "../find-command.ts";
import { GLOBAL_FLAGS } from "../table/shared-flags.ts";

export function fishScript(commands: readonly CommandSpec[]): string {
  return `# fish completion for bide: bide completions fish > ~/.config/fish/completions/bide.fish
function __bide_verb_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv; and not contains -- -- $words
end
function __bide_has_program
    contains -- -- (commandline -opc)
end
complete -c bide -f
complete -c bide -n __bide_has_program -F
complete -c bide -n 'test (count (commandline -opc)) -eq 1' -a ${quote(commands.flatMap(verbLines).join("\n"))}
${commands.flatMap(commandLines).join("\n")}
`;
}

function verbLines(command: CommandSpec): string[] {
  return namesOf(command).map((name) => `${name}\\t${quote(command.summary)}`);
}

function commandLines(command: CommandSpec): string[] {
  const condition = `-n ${quote(["__bide_verb_is", ...namesOf(command)].join(" "))}`;
  const flags = [...command.flags, ...GLOBAL_FLAGS].map((flag) => {
    const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
    const value = flag.value === undefined ? "" : flagArgument(flag);
    return `complete -c bide ${condition} -l ${flag.name}${short}${value} -d ${quote(flag.help)}`;
  });
  const words = (command.positionals ?? []).flatMap((positional) => {
    const offered = wordsFor(positional);
    return offered === undefined ? [] : [`complete -c bide ${condition} -a ${offered}`];
  });
  return [...flags, ...words];
}

function flagArgument(flag: FlagSpec): string {
  const offered = wordsFor(flag);
  return offered === undefined ? " -r" : ` -x -a ${offered}`;
}

function wordsFor(spec: FlagSpec | PositionalSpec): string | undefined {
  if (spec.choices !== undefined) return quote(spec.choices.join(" "));
  return spec.completes === undefined ? undefined : quote(OFFERS[spec.completes]);
}

const OFFERS: Readonly<Record<Completes, string>> = {
  live: "(bide __complete live 2>/dev/null)",
  ended: "(bide __complete ended 2>/dev/null)",
  any: "(bide __complete any 2>/dev/null)",
  verb: "(bide __complete verb 2>/dev/null)",
  directory: "(__fish_complete_directories)",
};

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
