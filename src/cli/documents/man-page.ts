// docs/bide.1, from the table of commands: roff with the man macros. Written by scripts/docs.ts; a test fails
// when it is stale.

import { type CommandSpec, GROUPS } from "../command.ts";
import { flagHelp, flagTitle } from "../help.ts";
import { ENVIRONMENT, EXIT_CODES, SELECTORS } from "./facts.ts";

export function manPageOf(commands: readonly CommandSpec[], version: string): string {
  const lines = [
    '.\\" Generated from the table of commands by `npm run docs`; do not edit.',
    `.TH BIDE 1 "" "bide ${version}" "User Commands"`,
    ".SH NAME",
    "bide \\- durable terminal sessions",
    ".SH SYNOPSIS",
    ".B bide",
    ".I verb",
    "[words] [flags]",
    ".SH DESCRIPTION",
    "bide keeps terminal programs alive: start one, walk away, come back to the same screen, the same scrollback, the same process.",
    ".PP",
    roff(SELECTORS),
    ".PP",
    "Standard output is data, standard error is talk.",
    roff(
      "--json prints one object (streams: one per line) with schema_version, and errors as one line of JSON on standard error.",
    ),
    roff("Durations are 250ms, 2s, 5m, 1h; a bare number is seconds."),
  ];
  for (const group of GROUPS) {
    const grouped = commands.filter((command) => command.group === group);
    if (grouped.length > 0) lines.push(`.SH ${group.toUpperCase()}`, ...grouped.flatMap(section));
  }
  lines.push(".SH EXIT STATUS", ...EXIT_CODES.flatMap(([code, meaning]) => item(code, meaning)));
  lines.push(".SH ENVIRONMENT", ...ENVIRONMENT.flatMap(([name, meaning]) => item(name, meaning)));
  return `${lines.join("\n")}\n`;
}

function section(command: CommandSpec): string[] {
  const lines = [
    `.SS ${roff(command.verb)}`,
    `${roff(command.summary.charAt(0).toUpperCase() + command.summary.slice(1))}.`,
  ];
  if (command.aliases?.length) lines.push(`Also called ${roff(command.aliases.join(", "))}.`);
  lines.push(".PP", ".nf", ...command.usage.map((usage) => `\\fBbide\\fR ${roff(usage)}`), ".fi");
  for (const flag of command.flags) lines.push(...item(flagTitle(flag), flagHelp(flag)));
  for (const note of command.notes ?? []) lines.push(".PP", roff(note));
  if (command.exitCodes?.length) {
    lines.push(".PP", "Exit codes:", ...command.exitCodes.flatMap(([code, meaning]) => item(code, meaning)));
  }
  lines.push(".PP", "Examples:", ".PP", ".nf", ".RS");
  for (const { command: line, what } of command.examples) lines.push(roff(`# ${what}`), roff(line));
  lines.push(".RE", ".fi");
  return lines;
}

function item(title: string, text: string): string[] {
  return [".TP", `.B ${roff(title)}`, roff(text)];
}

/** Text that roff shows as it is: no escapes, no hyphens instead of minus signs, no line that begins a request. */
function roff(text: string): string {
  const escaped = text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("`", "\\(ga").replaceAll('"', "\\(dq");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
