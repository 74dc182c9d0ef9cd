// The completion module for nushell, from the table of commands. Untested: no nushell was at hand; it follows
// the syntax of `extern` of its manual.

import type { CommandSpec, Completes, FlagSpec, PositionalSpec } from "../command.ts";
import { namesOf } from "../find-command.ts";
import { GLOBAL_FLAGS } from "../table/shared-flags.ts";

export function nuScript(commands: readonly CommandSpec[]): string {
  return `# nushell completion for bide: bide completions nu | save bide.nu, then: use bide.nu *
def "bide-complete live" [] { ^bide __complete live | lines }
def "bide-complete ended" [] { ^bide __complete ended | lines }
def "bide-complete any" [] { ^bide __complete any | lines }
def "bide-complete verb" [] { ^bide __complete verb | lines }
${commands.flatMap(choiceFunctions).join("\n")}

${commands.flatMap(externs).join("\n\n")}
`;
}

function externs(command: CommandSpec): string[] {
  const parameters = [
    ...(command.positionals ?? []).map(positional),
    ...(command.takesProgram ? ["...program: string"] : []),
    ...[...command.flags, ...GLOBAL_FLAGS].map((flag) => flagParameter(command, flag)),
  ];
  return namesOf(command).map(
    (name) =>
      `# ${command.summary}\nexport extern "bide ${name}" [\n${parameters.map((line) => `  ${line}`).join("\n")}\n]`,
  );

  function positional(spec: PositionalSpec): string {
    const name = spec.name.toLowerCase().replace(/[^a-z]/g, "_");
    const type = `string${completer(command, spec)}`;
    if (spec.repeatable) return `...${name}: ${type}`;
    return `${name}${spec.optional ? "?" : ""}: ${type}`;
  }
}

function flagParameter(command: CommandSpec, flag: FlagSpec): string {
  const short = flag.short === undefined ? "" : `(-${flag.short})`;
  const type = flag.value === undefined ? "" : `: string${completer(command, flag)}`;
  return `--${flag.name}${short}${type} # ${flag.help}`;
}

function completer(command: CommandSpec, spec: FlagSpec | PositionalSpec): string {
  if (spec.choices !== undefined) return `@"bide-complete ${command.verb} ${spec.name.toLowerCase()}"`;
  if (spec.completes === "directory") return "";
  return spec.completes === undefined ? "" : `@"${COMPLETERS[spec.completes]}"`;
}

const COMPLETERS: Readonly<Record<Exclude<Completes, "directory">, string>> = {
  live: "bide-complete live",
  ended: "bide-complete ended",
  any: "bide-complete any",
  verb: "bide-complete verb",
};

/** One function for each flag or word that is one of a few. */
function choiceFunctions(command: CommandSpec): string[] {
  return [...command.flags, ...(command.positionals ?? [])].flatMap(({ name, choices }) =>
    choices === undefined
      ? []
      : [`def "bide-complete ${command.verb} ${name.toLowerCase()}" [] { ${listOf(choices)} }`],
  );
}

function listOf(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(" ")}]`;
}
