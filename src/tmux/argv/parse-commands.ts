// From an argument vector or a text to commands that can be run: the two ways in. Used by the server for every
// call, line of control mode, file, binding, hook and if-shell. Rule kept: nothing runs unless all could be parsed.

import type { ArgumentValue, CommandList, ParsedCommand } from "./command-list.ts";
import { findCommand } from "./find-command.ts";
import { type Assignment, type Draft, type DraftWord, readDrafts } from "./grammar.ts";
import { parseFlags } from "./parse-flags.ts";
import { type Parsed, parsed, parseFailure } from "./parsed.ts";
import { printCommands } from "./print-command.ts";

/** What the words of a text may refer to; all of it may be left out. */
export interface ParseContext {
  /** The meaning of a name in the option command-alias. */
  readonly alias?: (name: string) => string | undefined;
  /** A variable of the server's global environment, for `$NAME`. */
  readonly environment?: (name: string) => string | undefined;
  /** The home directory of a user, of the own one for an empty name: for `~` and `~user`. */
  readonly home?: (user: string) => string | undefined;
  /** Expands the format of an `%if`; without it the text itself is the condition. */
  readonly condition?: (format: string) => string;
  /** Where a text is from: failures then begin `file:line: `. */
  readonly file?: string;
  /** Hears the commands of each line as text, once they could be built: those in braces before those around them. */
  readonly built?: (line: number, commands: string) => void;
}

export interface ParsedText {
  readonly commands: CommandList;
  readonly assignments: readonly Assignment[];
}

/**
 * The commands of an argument vector, in one group. An empty vector, and one of semicolons only, is an empty list.
 * Every word is text: braces, quotes and `$` mean nothing here.
 */
export function parseArguments(argv: readonly string[], context: ParseContext = {}): Parsed<CommandList> {
  const drafts = splitAtSemicolons(argv).map((words) => ({
    words: words.map((text): DraftWord => ({ kind: "text", text })),
    line: 1,
  }));
  const list = buildList([drafts], { ...context, file: undefined });
  return list;
}

/**
 * The words of each command. A word that ends with `;` ends its command (`;` alone is no word of it), one that ends
 * with `\;` ends with a literal `;`. Empty commands are left out.
 */
export function splitAtSemicolons(argv: readonly string[]): string[][] {
  const lists: string[][] = [[]];
  for (const word of argv) {
    const current = lists.at(-1);
    if (word.endsWith("\\;")) current?.push(`${word.slice(0, -2)};`);
    else if (!word.endsWith(";")) current?.push(word);
    else {
      if (word !== ";") current?.push(word.slice(0, -1));
      lists.push([]);
    }
  }
  return lists.filter((list) => list.length > 0);
}

/** The commands of a text. Failures are tmux's: `syntax error`, `unknown command: x`, with `file:line: ` before. */
export function parseText(text: string, context: ParseContext = {}): Parsed<ParsedText> {
  const drafts = read(text, context);
  if (!drafts.ok) return located(drafts.problem.message, drafts.problem.line, context);
  const commands = buildList(drafts.groups, context);
  return commands.ok ? parsed({ commands: commands.value, assignments: drafts.assignments }) : commands;
}

function read(text: string, context: ParseContext) {
  return readDrafts(text, {
    environment: (name) => context.environment?.(name),
    home: (user) => context.home?.(user),
    condition: (format) => context.condition?.(format) ?? format,
  });
}

function buildList(groups: readonly (readonly Draft[])[], context: ParseContext): Parsed<CommandList> {
  const list: (readonly ParsedCommand[])[] = [];
  for (const drafts of groups) {
    const group: ParsedCommand[] = [];
    for (const draft of drafts) {
      const built = buildCommand(draft, context);
      if (!built.ok) return built;
      group.push(...built.value);
    }
    if (group.length === 0) continue;
    list.push(group);
    context.built?.(lastLine(drafts) ?? 1, printCommands([group]));
  }
  return parsed(list);
}

/** Where the last command begins, that in braces too: as tmux counts. */
function lastLine(drafts: readonly Draft[]): number | undefined {
  const last = drafts.at(-1);
  const inner = last?.words.findLast((word) => word.kind === "commands" && word.groups.length > 0);
  return (inner?.kind === "commands" ? lastLine(inner.groups.at(-1) ?? []) : undefined) ?? last?.line;
}

/** One command from its words; several when its name is an alias of several, none for an alias of nothing. */
function buildCommand(draft: Draft, context: ParseContext): Parsed<readonly ParsedCommand[]> {
  const [name, ...rest] = draft.words;
  if (name?.kind !== "text") return located("syntax error", draft.line, context);
  const meaning = context.alias?.(name.text);
  if (meaning !== undefined) return buildAlias(meaning, rest, draft.line, context);
  const entry = findCommand(name.text);
  if (!entry.ok) return located(entry.message, draft.line, context);
  const values = buildValues(rest, context);
  if (!values.ok) return values;
  const command = parseFlags(entry.value, values.value);
  return command.ok ? parsed([command.value]) : located(command.message, draft.line, context);
}

/** What followed the alias goes to its last command. An alias inside an alias is a plain name. */
function buildAlias(
  meaning: string,
  rest: readonly DraftWord[],
  line: number,
  context: ParseContext,
): Parsed<readonly ParsedCommand[]> {
  const inner = { ...context, alias: undefined, built: undefined };
  const drafts = read(meaning, inner);
  if (!drafts.ok) return located(drafts.problem.message, line, context);
  const all = drafts.groups.flat().map((draft) => ({ ...draft, line }));
  const list = buildList(
    [all.map((draft, index) => (index === all.length - 1 ? { words: [...draft.words, ...rest], line } : draft))],
    inner,
  );
  return list.ok ? parsed(list.value.flat()) : list;
}

function buildValues(words: readonly DraftWord[], context: ParseContext): Parsed<readonly ArgumentValue[]> {
  const values: ArgumentValue[] = [];
  for (const word of words) {
    if (word.kind === "text") values.push(word);
    else {
      const commands = buildList(word.groups, context);
      if (!commands.ok) return commands;
      values.push({ kind: "commands", commands: commands.value });
    }
  }
  return parsed(values);
}

function located(message: string, line: number, context: ParseContext) {
  return parseFailure(context.file === undefined ? message : `${context.file}:${line}: ${message}`);
}
