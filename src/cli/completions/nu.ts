// The completion module for nushell, from the table of commands. Tried by hand with nushell 0.108 of the npm registry;
// the tests check its text where there is no nu on PATH.

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

/**
 * Nushell reads the flags of a known command also behind `--`, writes `-c` as the flag's long name, and expands no
 * globs in typed words. So a verb whose words are another program's gets no flags, and no definition at all when it
 * has nothing else to complete: it is then called as any program is.
 */
function externs(command: CommandSpec): string[] {
  const words = (command.positionals ?? []).map((spec) => positional(command, spec));
  const others = command.takesProgram || command.passesOn;
  if (others) {
    if (!command.positionals?.some((spec) => spec.completes !== undefined)) return [];
    words.push("...program: string");
  }
  // One rest parameter is allowed, at the end; whatever comes after it is one of its words.
  const rest = words.findIndex((word) => word.startsWith("..."));
  const flags = others ? [] : [...command.flags, ...GLOBAL_FLAGS];
  const parameters = [
    ...(rest < 0 ? words : words.slice(0, rest + 1)),
    ...flags.map((flag) => flagParameter(command, flag, rest < 0)),
  ];
  return namesOf(command).map(
    (name) =>
      `# ${command.summary}\nexport extern "bide ${name}" [\n${parameters.map((line) => `  ${line}`).join("\n")}\n]`,
  );
}

function positional(command: CommandSpec, spec: PositionalSpec): string {
  const name = spec.name.toLowerCase().replace(/[^a-z]/g, "_");
  const type = `string${completer(command, spec)}`;
  if (spec.repeatable) return `...${name}: ${type}`;
  return `${name}${spec.optional ? "?" : ""}: ${type}`;
}

/** `withShort`: not where the words may be text to be typed: `-h` in it would arrive as `--help`. */
function flagParameter(command: CommandSpec, flag: FlagSpec, withShort: boolean): string {
  const short = flag.short === undefined || !withShort ? "" : `(-${flag.short})`;
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
  if (command.takesProgram || command.passesOn) return [];
  return [...command.flags, ...(command.positionals ?? [])].flatMap(({ name, choices }) =>
    choices === undefined
      ? []
      : [`def "bide-complete ${command.verb} ${name.toLowerCase()}" [] { ${listOf(choices)} }`],
  );
}

function listOf(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(" ")}]`;
}
