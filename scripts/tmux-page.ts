// The tables of docs/tmux.md: commands by tier, options, variables of formats, from the tables that bide runs on. What
// stands above the mark in that page is written by hand and kept. Called by docs.ts.

import type { CommandEntry, Tier } from "../src/tmux/argv/command-entry.ts";
import { COMMANDS } from "../src/tmux/argv/command-table.ts";
import { FORMAT_VARIABLES } from "../src/tmux/formats/variables.ts";
import type { OptionEntry } from "../src/tmux/options/option-entry.ts";
import { OPTIONS } from "../src/tmux/options/option-table.ts";

const MARK = "<!-- What follows is written by `npm run docs` from the tables in src/tmux. -->";

const TIERS: readonly (readonly [Tier, string])[] = [
  ["exact", "Tier 1: as tmux does it"],
  ["stored", "Tier 2: kept and shown, with part of the effect"],
  ["accepted", "Tier 3: accepted, without effect, exit code 0"],
];

/** The whole page: what is written by hand, and the tables after it. */
export function tmuxPage(present: string): string {
  const [byHand = ""] = present.split(MARK);
  return `${byHand.trimEnd()}\n\n${MARK}\n\n${[commands(), options(), variables()].join("\n\n")}\n`;
}

function commands(): string {
  const parts = TIERS.map(([tier, title]) => {
    const rows = COMMANDS.filter((entry) => entry.tier === tier).map(commandRow);
    return [`### ${title}`, "", "| command | alias | flags and arguments |", "|---|---|---|", ...rows].join("\n");
  });
  return ["## Commands", ...parts].join("\n\n");
}

function commandRow({ name, alias, usage }: CommandEntry): string {
  const words = usage === "" ? "" : `\`${usage.replaceAll("|", "\\|")}\``;
  return `| ${name} | ${alias ?? ""} | ${words} |`;
}

function options(): string {
  const rows = OPTIONS.filter((entry) => entry.kind !== "hook" && entry.name !== "status-format").map(optionRow);
  const hooks = OPTIONS.filter((entry) => entry.kind === "hook").map((entry) => `\`${entry.name}\``);
  return [
    "## Options",
    ["| option | place | kind | first value |", "|---|---|---|---|", ...rows].join("\n"),
    `Hooks: ${hooks.join(", ")}.`,
  ].join("\n\n");
}

function optionRow({ name, place, kind, value, choices }: OptionEntry): string {
  const shown = typeof value === "string" ? value : Object.values(value).join(" ");
  const what = kind === "choice" ? choices.join(", ") : kind;
  const text = shown === "" ? "" : `\`${shown.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
  return `| ${name} | ${place} | ${what} | ${text} |`;
}

function variables(): string {
  const rows = FORMAT_VARIABLES.map(
    ({ name, alias, subject, meaning }) =>
      `| ${name} | ${alias ?? ""} | ${subject} | ${meaning.replaceAll("|", "\\|")} |`,
  );
  return [
    "## Variables of formats",
    ["| name | short | about | value |", "|---|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}
