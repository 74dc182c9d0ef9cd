// From a verb or an alias to its row in the table.

import { fail, ok, type Result } from "../base/result.ts";
import type { CommandSpec } from "./command.ts";
import { nearest } from "./nearest.ts";

/** Every spelling of a command, its verb first. */
export function namesOf(command: CommandSpec): readonly string[] {
  return [command.verb, ...(command.aliases ?? []), ...(command.shortcuts ?? [])];
}

/** An unknown verb is a usage error that suggests the nearest. */
export function findCommand(commands: readonly CommandSpec[], verb: string): Result<CommandSpec> {
  const command = commands.find((one) => namesOf(one).includes(verb));
  if (command !== undefined) return ok(command);
  const near = nearest(verb, commands.flatMap(namesOf));
  const hint = near === undefined ? "`bide help` lists every verb" : `did you mean \`bide ${near}\`?`;
  return fail("usage", `unknown verb ${JSON.stringify(verb)}`, { hint });
}
