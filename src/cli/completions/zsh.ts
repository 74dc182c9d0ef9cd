// The completion script for zsh, from the table of commands.

import type { CommandSpec, Completes, FlagSpec, PositionalSpec } from "../command.ts";
import { namesOf } from "../find-command.ts";
import { GLOBAL_FLAGS } from "../table/shared-flags.ts";

export function zshScript(commands: readonly CommandSpec[]): string {
  return `#compdef bide
# zsh completion for bide: put this as _bide into a directory of fpath, or: source <(bide completions zsh)
_bide_words() {
  local -a names
  # The kind of words comes last, after what _arguments adds for compadd.
  names=(\${(f)"$(bide __complete $@[-1] 2>/dev/null)"})
  compadd "\${@[1,-2]}" -a names
}
_bide() {
  local -a verbs
  verbs=(
${commands.flatMap(verbLines).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe -t verbs verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${commands.map(argumentsCase).join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _bide "$@"
else
  compdef _bide bide
fi
`;
}

function verbLines(command: CommandSpec): string[] {
  const summary = command.summary.replaceAll(":", "\\:");
  return namesOf(command).map((name) => `    ${quote(`${name}:${summary}`)}`);
}

function argumentsCase(command: CommandSpec): string {
  const specs = [...command.flags, ...GLOBAL_FLAGS].flatMap(flagSpecs);
  specs.push(...(command.positionals ?? []).map(positionalSpec));
  if (command.takesProgram) specs.push(quote("*::program:_normal"));
  const names = namesOf(command).join("|");
  return `    ${names}) _arguments -S ${specs.join(" ")} ;;`;
}

function flagSpecs(flag: FlagSpec): string[] {
  const help = `[${flag.help.replace(/[[\]:\\]/g, "\\$&")}]`;
  const value = flag.value === undefined ? "" : `:${flag.value}:${action(flag)}`;
  const spellings = flag.short === undefined ? [`--${flag.name}`] : [`--${flag.name}`, `-${flag.short}`];
  const repeat = flag.repeatable ? "*" : spellings.length > 1 ? `(${spellings.join(" ")})` : "";
  return spellings.map((spelling) => quote(`${repeat}${spelling}${help}${value}`));
}

function positionalSpec(positional: PositionalSpec, index: number): string {
  const place = positional.repeatable ? "*" : `${index + 1}`;
  return quote(`${place}:${positional.name.replaceAll(":", "\\:")}:${action(positional)}`);
}

function action(spec: FlagSpec | PositionalSpec): string {
  if (spec.choices !== undefined) return `(${spec.choices.join(" ")})`;
  return spec.completes === undefined ? " " : ACTIONS[spec.completes];
}

const ACTIONS: Readonly<Record<Completes, string>> = {
  live: "_bide_words live",
  ended: "_bide_words ended",
  any: "_bide_words any",
  verb: "_bide_words verb",
  directory: "_files -/",
};

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
