// docs/commands.md, from the table of commands. Written by scripts/docs.ts; a test fails when it is stale.

import { type CommandSpec, GROUPS } from "../command.ts";
import { flagHelp, flagTitle } from "../help.ts";
import { ENVIRONMENT, EXIT_CODES, errorCodes, SELECTORS } from "./facts.ts";

export function markdownOf(commands: readonly CommandSpec[]): string {
  const lines = [
    "# Commands",
    "",
    "Generated from the table of commands by `npm run docs`; do not edit. `bide help VERB` says the same.",
    "",
    SELECTORS,
    "",
    "Standard output is data, standard error is talk. `--json` prints one object (streams: one per line) with",
    "`schema_version`, and errors as one line of JSON on standard error.",
    "",
  ];
  for (const group of GROUPS) {
    const grouped = commands.filter((command) => command.group === group);
    if (grouped.length > 0) lines.push(`## ${group}`, "", ...grouped.flatMap(section));
  }
  lines.push("## Exit codes", "", ...tableOf(["code", "meaning"], EXIT_CODES));
  lines.push("## Error codes", "", ...tableOf(["code", "exit"], errorCodes()));
  lines.push("## Environment", "", ...tableOf(["variable", "meaning"], ENVIRONMENT));
  return `${lines.join("\n").trimEnd()}\n`;
}

function section(command: CommandSpec): string[] {
  const lines = [`### ${command.verb}`, "", `${sentence(command.summary)}`, "", "```sh"];
  for (const { command: line, what } of command.examples) lines.push(`${line}  # ${what}`);
  lines.push("```", "", "```", ...command.usage.map((usage) => `bide ${usage}`), "```", "");
  if (command.aliases?.length)
    lines.push(`Also called ${command.aliases.map((name) => `\`${name}\``).join(", ")}.`, "");
  lines.push(
    ...tableOf(
      ["flag", "meaning"],
      command.flags.map((flag) => [`\`${flagTitle(flag)}\``, flagHelp(flag)] as const),
    ),
  );
  for (const note of command.notes ?? []) lines.push(note, "");
  if (command.exitCodes?.length) lines.push(...tableOf(["exit code", "meaning"], command.exitCodes));
  return lines;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function tableOf(titles: readonly [string, string], rows: readonly (readonly [string, string | number])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(titles), "|---|---|", ...rows.map(line), ""];
}
