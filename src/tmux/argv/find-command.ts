// From a name as typed to the command: its alias, its name, or a prefix of one name only.
// Used by the parsers of argv and of command text, and by list-commands.

import type { CommandEntry } from "./command-entry.ts";
import { COMMANDS } from "./command-table.ts";
import { type Parsed, parsed, parseFailure } from "./parsed.ts";

const BY_NAME = new Map(
  COMMANDS.flatMap((entry) =>
    [entry.name, ...(entry.alias === undefined ? [] : [entry.alias])].map((name) => [name, entry]),
  ),
);

/**
 * The command of that name. An alias is taken before a prefix (`has`, `new`); prefixes are of names only. Fails
 * with tmux's texts: `unknown command: x` and `ambiguous command: x, could be: a, b`.
 */
export function findCommand(name: string): Parsed<CommandEntry> {
  const exact = BY_NAME.get(name);
  if (exact !== undefined) return parsed(exact);
  const begun = COMMANDS.filter((entry) => entry.name.startsWith(name));
  const [first] = begun;
  if (first === undefined) return parseFailure(`unknown command: ${name}`);
  if (begun.length === 1) return parsed(first);
  return parseFailure(`ambiguous command: ${name}, could be: ${begun.map((entry) => entry.name).join(", ")}`);
}
