// The text of `bide`, `bide help` and `bide VERB --help`, from the table. A verb's help begins with examples,
// because that is what most readers came for.

import type { Environment } from "../base/locations.ts";
import { type CommandSpec, type FlagSpec, GROUPS } from "./command.ts";
import { writeText } from "./output.ts";
import { GLOBAL_FLAGS } from "./table/shared-flags.ts";
import { type Style, styleFor } from "./terminal-style.ts";

export function printHelp(commands: readonly CommandSpec[], command: CommandSpec | undefined, env: Environment): void {
  const style = styleFor(1, env);
  writeText(command === undefined ? overview(commands, style) : helpOf(command, style));
}

/** Every verb in its group. */
export function overview(commands: readonly CommandSpec[], style: Style): string {
  const lines = [
    "bide keeps terminal programs alive: start one, walk away, come back to the same screen.",
    "",
    "  bide start -n build -- make    start a program in a session",
    "  bide attach build              look at it; Ctrl-\\ detaches",
    "  bide list                      what runs",
    "",
  ];
  const width = Math.max(...commands.map((command) => title(command).length));
  for (const group of GROUPS) {
    const grouped = commands.filter((command) => command.group === group);
    if (grouped.length === 0) continue;
    lines.push(style("bold", group));
    for (const command of grouped) lines.push(`  ${title(command).padEnd(width)}  ${command.summary}`);
    lines.push("");
  }
  lines.push(
    "SEL is a session's name, its id or a unique beginning of it, a pane id (%3), `.` for the session one is in,",
    "or --workspace PATH --role ROLE.",
    "",
    "`bide help VERB` explains a verb. Exit codes, environment and files: `man bide`.",
    "",
  );
  return lines.join("\n");
}

/** One verb: examples, usage, flags, notes, exit codes. */
export function helpOf(command: CommandSpec, style: Style): string {
  const lines = [style("bold", "Examples")];
  for (const { command: line, what } of command.examples) lines.push(`  ${style("dim", `# ${what}`)}`, `  ${line}`);
  lines.push("", `bide ${command.verb}: ${command.summary}`, "");
  lines.push(style("bold", "Usage"), ...command.usage.map((usage) => `  bide ${usage}`));
  if (command.aliases?.length) lines.push("", `Also called ${command.aliases.join(", ")}.`);
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  const width = Math.max(...flags.map((flag) => indentedTitle(flag).length));
  lines.push("", style("bold", "Flags"));
  for (const flag of flags) lines.push(`  ${indentedTitle(flag).padEnd(width)}  ${flagHelp(flag)}`);
  if (command.notes?.length) lines.push("", ...command.notes.flatMap((note) => [...wrap(note, 100), ""]).slice(0, -1));
  if (command.exitCodes?.length) {
    lines.push("", style("bold", "Exit codes"));
    for (const [code, meaning] of command.exitCodes) lines.push(`  ${code.padEnd(4)} ${meaning}`);
  }
  return `${lines.join("\n")}\n`;
}

/** `-n, --name NAME` */
export function flagTitle(flag: FlagSpec): string {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  return `${short}--${flag.name}${flag.value === undefined ? "" : ` ${flag.value}`}${flag.repeatable ? "..." : ""}`;
}

/** The same in a column: long names stand below each other. */
function indentedTitle(flag: FlagSpec): string {
  return flag.short === undefined ? `    ${flagTitle(flag)}` : flagTitle(flag);
}

/** The help of a flag with its choices. */
export function flagHelp(flag: FlagSpec): string {
  return flag.choices === undefined ? flag.help : `${flag.help}; ${flag.choices.join("|")}`;
}

function title({ verb, aliases }: CommandSpec): string {
  return aliases?.length ? `${verb} (${aliases.join(", ")})` : verb;
}

function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}
