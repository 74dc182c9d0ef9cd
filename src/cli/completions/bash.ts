// The completion script for bash 3.2 and later, from the table of commands.

import type { CommandSpec, Completes, FlagSpec, PositionalSpec } from "../command.ts";
import { namesOf } from "../find-command.ts";
import { GLOBAL_FLAGS } from "../table/shared-flags.ts";

export function bashScript(commands: readonly CommandSpec[]): string {
  return `# bash completion for bide: source <(bide completions bash)
_bide() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} verb=\${COMP_WORDS[1]}
  local flags="" valued="" place=0 i
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W "${commands.flatMap(namesOf).join(" ")}" -- "$cur"))
    return
  fi
  case $verb in
${commands.map(flagsCase).join("\n")}
  esac
  for (( i = 2; i < COMP_CWORD; i++ )); do
    case \${COMP_WORDS[i]} in
      --) COMPREPLY=($(compgen -A command -A file -- "$cur")); return ;;
      -*) [[ " $valued " == *" \${COMP_WORDS[i]} "* ]] && (( i++ )) ;;
      *) (( place++ )) ;;
    esac
  done
  case "$verb $prev" in
${commands.flatMap(valueCases).join("\n")}
  esac
  if [[ " $valued " == *" $prev "* ]]; then return; fi
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
    return
  fi
  case "$verb $place" in
${commands.flatMap(placeCases).join("\n")}
  esac
}
complete -F _bide bide
`;
}

function spellings(flag: FlagSpec): string[] {
  return flag.short === undefined ? [`--${flag.name}`] : [`--${flag.name}`, `-${flag.short}`];
}

function flagsCase(command: CommandSpec): string {
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  const valued = flags.filter((flag) => flag.value !== undefined).flatMap(spellings);
  const all = flags.flatMap(spellings).concat(command.takesProgram ? ["--"] : []);
  return `    ${namesOf(command).join("|")}) flags="${all.join(" ")}" valued="${valued.join(" ")}" ;;`;
}

function valueCases(command: CommandSpec): string[] {
  return command.flags.flatMap((flag) => {
    const words = wordsFor(flag);
    if (words === undefined) return [];
    const patterns = namesOf(command).flatMap((name) => spellings(flag).map((spelling) => `"${name} ${spelling}"`));
    return [`    ${patterns.join("|")}) COMPREPLY=(${words}); return ;;`];
  });
}

function placeCases(command: CommandSpec): string[] {
  return (command.positionals ?? []).flatMap((positional, index) => {
    const words = wordsFor(positional);
    if (words === undefined) return [];
    const places = namesOf(command).map((name) => (positional.repeatable ? `"${name} "*` : `"${name} ${index}"`));
    return [`    ${places.join("|")}) COMPREPLY=(${words}) ;;`];
  });
}

function wordsFor(spec: FlagSpec | PositionalSpec): string | undefined {
  if (spec.choices !== undefined) return `$(compgen -W "${spec.choices.join(" ")}" -- "$cur")`;
  return spec.completes === undefined ? undefined : GENERATORS[spec.completes];
}

const GENERATORS: Readonly<Record<Completes, string>> = {
  live: `$(compgen -W "$(bide __complete live 2>/dev/null)" -- "$cur")`,
  ended: `$(compgen -W "$(bide __complete ended 2>/dev/null)" -- "$cur")`,
  any: `$(compgen -W "$(bide __complete any 2>/dev/null)" -- "$cur")`,
  verb: `$(compgen -W "$(bide __complete verb 2>/dev/null)" -- "$cur")`,
  directory: `$(compgen -d -- "$cur")`,
};
