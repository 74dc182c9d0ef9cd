// From argv to a command with its flags and words. The table says what is allowed; everything else is a usage
// error that suggests the nearest. Rule: after `--` every word is taken as it is.

import { fail, ok, type Result } from "../base/result.ts";
import type { CommandSpec, FlagSpec, PositionalSpec, Word } from "./command.ts";
import { commandsWith } from "./command-table.ts";
import { type CutWord, cutWords } from "./command-words.ts";
import { findCommand } from "./find-command.ts";
import { Flags } from "./flags.ts";
import { nearest } from "./nearest.ts";
import { GLOBAL_FLAGS } from "./table/shared-flags.ts";

export type Parsed =
  | { readonly kind: "run"; readonly invocation: Invocation }
  /** `bide`, `bide help [VERB]`, `bide VERB --help`. */
  | { readonly kind: "help"; readonly command: CommandSpec | undefined }
  | { readonly kind: "version" };

export interface Invocation {
  readonly command: CommandSpec;
  readonly flags: Flags;
  readonly positionals: readonly string[];
  readonly program: readonly string[] | undefined;
  readonly words: readonly Word[];
}

/** Fails with `usage` (exit code 2). */
export function parseCommandLine(argv: readonly string[]): Result<Parsed> {
  const [first, ...rest] = argv;
  if (first === undefined || first === "-h" || first === "--help") return ok({ kind: "help", command: undefined });
  if (first === "-V" || first === "--version") return ok({ kind: "version" });
  if (first === "-a") return parseVerb("attach", rest);
  if (first.startsWith("-")) {
    return fail("usage", `unknown flag ${JSON.stringify(first)}`, {
      hint: "flags come after the verb: bide VERB --flag",
    });
  }
  if (first === "daemon") return parseVerb("host", ["run", ...rest]);
  return parseVerb(first, rest);
}

function parseVerb(verb: string, args: readonly string[]): Result<Parsed> {
  const found = findCommand(commandsWith(verb), verb);
  if (!found.ok) return found;
  const command = found.value;
  const words = command.shortcuts?.includes(verb) ? [verb, ...args] : args;
  return parseWords(command, command.passesOn ? withDashes(command, words) : words);
}

/** Puts the `--` before the program's words that its user may leave out. */
function withDashes(command: CommandSpec, args: readonly string[]): readonly string[] {
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  let positionals = command.positionals?.length ?? 0;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "--") return args;
    const [name] = word.slice(2).split("=", 1);
    const flag = word.startsWith("--") ? flags.find((one) => one.name === name) : undefined;
    if (flag !== undefined) {
      if (flag.value !== undefined && !word.includes("=")) at += 1;
    } else if (positionals === 0) {
      return [...args.slice(0, at), "--", ...args.slice(at)];
    } else if (!word.startsWith("-")) {
      positionals -= 1;
    }
  }
  return args;
}

function parseWords(command: CommandSpec, args: readonly string[]): Result<Parsed> {
  const read = readWords(command, args);
  if (!read.ok) return read;
  const { words, values, afterDashes } = read.value;
  if (values.has("help")) return ok({ kind: "help", command });
  const positionals = words.flatMap((word) => ("positional" in word ? [word.positional] : []));
  const program = command.takesProgram ? afterDashes : undefined;
  if (!command.takesProgram && afterDashes !== undefined) positionals.push(...afterDashes);
  const counted = checkCount(command, positionals, values);
  if (!counted.ok) return counted;
  return ok({ kind: "run", invocation: { command, flags: new Flags(values), positionals, program, words } });
}

interface ReadWords {
  readonly words: Word[];
  readonly values: Map<string, string[]>;
  readonly afterDashes: string[] | undefined;
}

function readWords(command: CommandSpec, args: readonly string[]): Result<ReadWords> {
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  // Everything after `--` is cut off first: a value could otherwise swallow the dashes.
  const dashes = args.indexOf("--");
  const before = dashes < 0 ? args : args.slice(0, dashes);
  const afterDashes = dashes < 0 ? undefined : args.slice(dashes + 1);
  const words: Word[] = [];
  const values = new Map<string, string[]>();
  for (const word of cutWords(before, flags)) {
    if (word.kind === "positional") {
      words.push({ positional: word.value });
      continue;
    }
    const flag = flags.find((one) => one.name === word.name);
    if (flag === undefined) return unknownFlag(command, word.rawName, flags);
    const value = flagValue(flag, word, flags);
    if (!value.ok) return value;
    values.set(flag.name, [...(values.get(flag.name) ?? []), value.value]);
    words.push({ flag: flag.name, value: value.value });
  }
  if (afterDashes !== undefined && !command.takesProgram) {
    words.push(...afterDashes.map((positional) => ({ positional })));
    return ok({ words, values, afterDashes: undefined });
  }
  return ok({ words, values, afterDashes });
}

type FlagWord = Extract<CutWord, { kind: "flag" }>;

function flagValue(flag: FlagSpec, word: FlagWord, flags: readonly FlagSpec[]): Result<string> {
  const name = word.rawName;
  if (flag.value === undefined) {
    return word.value === undefined
      ? ok("")
      : fail("usage", `${name} takes no value, got ${JSON.stringify(word.value)}`);
  }
  if (word.value === undefined) return fail("usage", `${name} needs a value: ${name} ${flag.value}`);
  if (!word.inline && looksLikeFlag(word.value, flags)) {
    return fail("usage", `${name} needs a value, got the flag ${word.value}`, {
      hint: `if that is the value, write ${flagWithValue(flag, word.value)}`,
    });
  }
  // `-S=-20`: what people write who are used to `--start=-20`.
  const short = word.inline && !name.startsWith("--");
  const value = short && word.value.startsWith("=") ? word.value.slice(1) : word.value;
  if (flag.choices === undefined || flag.choices.includes(value)) return ok(value);
  const near = nearest(value, flag.choices);
  return fail("bad_value", `${name} takes one of ${flag.choices.join(", ")}, got ${JSON.stringify(value)}`, {
    hint: near === undefined ? undefined : `did you mean ${near}?`,
  });
}

function looksLikeFlag(value: string, flags: readonly FlagSpec[]): boolean {
  if (!/^-[^\d.]/.test(value)) return false;
  const name = value.replace(/=.*$/s, "");
  return flags.some((flag) => name === `--${flag.name}` || (flag.short !== undefined && name === `-${flag.short}`));
}

function flagWithValue(flag: FlagSpec, value: string): string {
  return `--${flag.name}=${value}`;
}

function unknownFlag(command: CommandSpec, raw: string, flags: readonly FlagSpec[]): Result<ReadWords> {
  const near = nearest(
    raw,
    flags.map((flag) => `--${flag.name}`),
  );
  const hint = near === undefined ? `\`bide ${command.verb} --help\` lists its flags` : `did you mean ${near}?`;
  return fail("usage", `bide ${command.verb} has no flag ${JSON.stringify(raw)}`, { hint });
}

/** Words that must be one of a few: those that stand before any repeatable one, at their place. */
function checkChoices(specs: readonly PositionalSpec[], positionals: readonly string[]): Result<undefined> {
  for (const [index, { name, choices }] of specs.entries()) {
    const word = positionals[index];
    if (choices === undefined || word === undefined || choices.includes(word)) continue;
    const near = nearest(word, choices);
    return fail("usage", `${name} is one of ${choices.join(", ")}, got ${JSON.stringify(word)}`, {
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    });
  }
  return ok();
}

/** Whether there are as many words as the verb takes; `--workspace` and `--role` stand in for SEL. */
function checkCount(
  command: CommandSpec,
  positionals: readonly string[],
  values: ReadonlyMap<string, unknown>,
): Result<undefined> {
  const all = command.positionals ?? [];
  const byRole = values.has("workspace") && values.has("role");
  const specs = byRole ? all.filter(({ name }) => name !== "SEL") : all;
  const least = specs.filter((spec) => !spec.optional).length;
  const most = all.some((spec) => spec.repeatable) ? Number.POSITIVE_INFINITY : specs.length;
  const hint = `usage: bide ${command.usage.join(" | bide ")}`;
  if (positionals.length < least) {
    const missing = specs[positionals.length]?.name ?? "a word";
    return fail("usage", `bide ${command.verb} needs ${missing}`, { hint });
  }
  if (positionals.length <= most) return checkChoices(specs, positionals);
  const extra = JSON.stringify(positionals[most]);
  if (specs.length < all.length) {
    return fail("usage", `SEL and --workspace with --role exclude each other: ${extra} is one word too many`, { hint });
  }
  if (!command.takesProgram) return fail("usage", `bide ${command.verb} does not take ${extra}`, { hint });
  return fail("usage", `bide ${command.verb} does not take ${extra}`, { hint: "put the program after --" });
}
