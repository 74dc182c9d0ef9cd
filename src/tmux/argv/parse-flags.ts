// tmux's own getopt over the words of one command: clusters (`-dP`), glued values (`-t=x`, `-l30%`, `-pS -`),
// `--`, the number of arguments, and the texts for what is wrong. Called with words by both parsers.

import type { CommandEntry, CommandPositions } from "./command-entry.ts";
import { type ArgumentValue, CommandArguments, type ParsedCommand } from "./command-list.ts";
import { usageOf } from "./command-table.ts";
import { type Parsed, parsed, parseFailure } from "./parsed.ts";

const LETTER_OR_DIGIT = /^[A-Za-z0-9]$/;

/**
 * The command with what was written after its name. Every text is tmux 3.4's; 3.3a took a flag whose value was
 * missing at the end of the line in silence.
 */
export function parseFlags(entry: CommandEntry, words: readonly ArgumentValue[]): Parsed<ParsedCommand> {
  const flags = new Map<string, (string | undefined)[]>();
  const add = (flag: string, value: string | undefined) => flags.set(flag, [...(flags.get(flag) ?? []), value]);
  let next = 0;
  for (;;) {
    const word = words[next];
    if (word?.kind !== "text" || !word.text.startsWith("-") || word.text === "-") break;
    next++;
    if (word.text === "--") break;
    for (let at = 1; at < word.text.length; at++) {
      const flag = word.text.charAt(at);
      if (flag === "?") return parseFailure(usageOf(entry));
      const arity = LETTER_OR_DIGIT.test(flag) ? arityOf(entry.flags, flag) : "invalid";
      if (arity === "invalid" || arity === "unknown") return wrong(entry, `${arity} flag -${flag}`);
      if (arity === "none") {
        add(flag, undefined);
        continue;
      }
      const glued = word.text.slice(at + 1);
      const following = words[next];
      if (glued !== "") add(flag, glued);
      else if (arity === "optional" && !isValue(following)) add(flag, undefined);
      else if (following === undefined) return wrong(entry, `-${flag} expects an argument`);
      else if (following.kind !== "text") return wrong(entry, `-${flag} argument must be a string`);
      else {
        add(flag, following.text);
        next++;
      }
      break;
    }
  }
  return withValues(entry, flags, words.slice(next));
}

function arityOf(template: string, flag: string): "none" | "required" | "optional" | "unknown" {
  const at = template.indexOf(flag);
  if (at < 0) return "unknown";
  if (template.charAt(at + 1) !== ":") return "none";
  return template.charAt(at + 2) === ":" ? "optional" : "required";
}

function isValue(word: ArgumentValue | undefined): boolean {
  return word?.kind === "text" && !word.text.startsWith("-");
}

function withValues(
  entry: CommandEntry,
  flags: ReadonlyMap<string, readonly (string | undefined)[]>,
  values: readonly ArgumentValue[],
): Parsed<ParsedCommand> {
  const misplaced = values.findIndex((value, index) => value.kind === "commands" && !mayBeCommands(entry, index));
  if (misplaced >= 0) return wrong(entry, `argument ${misplaced + 1} must be "string"`);
  if (values.length < entry.least) return wrong(entry, `too few arguments (need at least ${entry.least})`);
  if (values.length > entry.most) return wrong(entry, `too many arguments (need at most ${entry.most})`);
  return parsed({ entry, arguments: new CommandArguments(flags, values) });
}

function mayBeCommands(entry: CommandEntry, index: number): boolean {
  const positions: CommandPositions = entry.commandPositions;
  if (positions === "menu") return index >= 2;
  return "from" in positions ? index >= positions.from : positions.includes(index);
}

function wrong(entry: CommandEntry, what: string) {
  return parseFailure(`command ${entry.name}: ${what}`);
}
