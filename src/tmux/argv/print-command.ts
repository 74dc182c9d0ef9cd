// Commands back to text, as list-keys, show-hooks and show-options print them, and the quoting of one argument.
// Used by the server, keys/ and options/. Rule kept: parseText of what is printed gives the same commands.

import type { ArgumentValue, CommandList, ParsedCommand } from "./command-list.ts";
import { quoteArgument } from "./quote-argument.ts";

/** A command on one line: flags without values first, in one word, then those with values, then the arguments. */
export function printCommand(command: ParsedCommand): string {
  const given = command.arguments;
  const words: string[] = [command.entry.name];
  const bare = given.flagNames().filter((flag) => given.value(flag) === undefined);
  if (bare.length > 0) words.push(`-${bare.map((flag) => flag.repeat(given.count(flag))).join("")}`);
  for (const flag of given.flagNames()) {
    for (const value of given.valuesOf(flag)) words.push(`-${flag}`, quoteArgument(value));
  }
  words.push(...given.values.map(printArgument));
  return words.join(" ");
}

/**
 * A list on one line. Between commands stands ` ; `, or ` \; ` where the whole is meant for bind-key's arguments
 * (`escaped`); groups, which were lines, are joined by ` ;; `.
 */
export function printCommands(list: CommandList, escaped = false): string {
  const [within, between] = escaped ? [" \\; ", " \\;\\; "] : [" ; ", " ;; "];
  return list.map((group) => group.map((one) => printCommand(one)).join(within)).join(between);
}

function printArgument(value: ArgumentValue): string {
  return value.kind === "text" ? quoteArgument(value.text) : `{ ${printCommands(value.commands)} }`;
}
