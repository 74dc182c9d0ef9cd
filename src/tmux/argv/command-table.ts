// The table of all commands of tmux 3.4, in the order of `list-commands`, and what it prints about them.
// Used by find-command.ts, the server's list-commands and `bide tmux list-commands --json`.

import type { CommandEntry, Tier } from "./command-entry.ts";
import { EXACT_COMMANDS } from "./commands-exact.ts";
import { ACCEPTED_COMMANDS, STORED_COMMANDS } from "./commands-partial.ts";

/** tmux's own order: the alphabet, except that two names stand where their author put them. */
const OUT_OF_ORDER = new Map([["display-panes", "display-popup~"]]);

export const COMMANDS: readonly CommandEntry[] = [...EXACT_COMMANDS, ...STORED_COMMANDS, ...ACCEPTED_COMMANDS].sort(
  (a, b) => (sortName(a) < sortName(b) ? -1 : 1),
);

function sortName(entry: CommandEntry): string {
  return OUT_OF_ORDER.get(entry.name) ?? entry.name;
}

/** One line of `list-commands`; without usage words it ends with a blank, as tmux's does. */
export function describeCommand(entry: CommandEntry): string {
  return entry.alias === undefined ? `${entry.name} ${entry.usage}` : `${entry.name} (${entry.alias}) ${entry.usage}`;
}

/** What `-?` answers. */
export function usageOf(entry: CommandEntry): string {
  return `usage: ${entry.name} ${entry.usage}`;
}

/** The variables that `list-commands -F` knows. */
export function commandVariables(entry: CommandEntry): Readonly<Record<string, string>> {
  return { command_list_name: entry.name, command_list_alias: entry.alias ?? "", command_list_usage: entry.usage };
}

export interface CommandSummary {
  readonly verb: string;
  readonly aliases: readonly string[];
  readonly tier: 1 | 2 | 3;
  readonly usage: string;
}

const TIER_NUMBERS: Readonly<Record<Tier, 1 | 2 | 3>> = { exact: 1, stored: 2, accepted: 3 };

/** The rows of `bide tmux list-commands --json`. */
export function commandSummaries(): CommandSummary[] {
  return COMMANDS.map((entry) => ({
    verb: entry.name,
    aliases: entry.alias === undefined ? [] : [entry.alias],
    tier: TIER_NUMBERS[entry.tier],
    usage: describeCommand(entry).trimEnd(),
  }));
}
