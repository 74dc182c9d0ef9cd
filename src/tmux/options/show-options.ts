// Options as show-options and show-hooks print them, and as formats read them. Used by the server.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { quoteArgument } from "../argv/quote-argument.ts";
import type { OptionEntry, OptionPlace, OptionValue } from "./option-entry.ts";
import type { OptionScope } from "./option-store.ts";
import { type FoundOption, OPTIONS, optionEntry } from "./option-table.ts";

export interface ShowFlags {
  /** -A: inherited ones too, marked with `*`. */
  readonly inherited?: boolean;
  /** -v */
  readonly valuesOnly?: boolean;
  /** -q */
  readonly quiet?: boolean;
}

/** One option, as many lines as it has items. A user option that is not there fails with `invalid option: @x`. */
export function showOption(
  scope: OptionScope,
  found: FoundOption,
  text: string,
  flags: ShowFlags = {},
): Parsed<readonly string[]> {
  const own = scope.own(found.name);
  const value = own ?? (flags.inherited === true ? scope.find(found.name) : undefined);
  if (value !== undefined) {
    return parsed(lines(found.name, found.entry, value, found.index, own === undefined, flags));
  }
  const missing = found.entry === undefined && flags.quiet !== true;
  return missing ? parseFailure(`invalid option: ${text}`) : parsed([]);
}

export interface ShowAll extends ShowFlags {
  /** Which rows of the table: session, window (with those that a pane may have), pane or server. */
  readonly place: OptionPlace;
  /** `options`: show-options; `hooks`: show-hooks; `both`: show-options -H. */
  readonly what: "options" | "hooks" | "both";
}

/** All options of a scope: the user's own first, then in the order of the table. */
export function showOptions(scope: OptionScope, flags: ShowAll): readonly string[] {
  const users = flags.what === "hooks" ? [] : scope.names().filter((name) => name.startsWith("@"));
  const rows = OPTIONS.filter((entry) => belongs(entry, flags.place) && isWanted(entry, flags.what));
  return [...users, ...rows.map((entry) => entry.name)].flatMap((name) => {
    const own = scope.own(name);
    const value = own ?? (flags.inherited === true ? scope.find(name) : undefined);
    return value === undefined ? [] : lines(name, optionEntry(name), value, undefined, own === undefined, flags);
  });
}

function belongs(entry: OptionEntry, place: OptionPlace): boolean {
  return entry.place === place || (place === "window" && entry.place === "pane");
}

function isWanted(entry: OptionEntry, what: ShowAll["what"]): boolean {
  return what === "both" || (entry.kind === "hook") === (what === "hooks");
}

function lines(
  name: string,
  entry: OptionEntry | undefined,
  value: OptionValue,
  index: number | undefined,
  inherited: boolean,
  flags: ShowFlags,
): string[] {
  const mark = inherited ? "*" : "";
  const quoted = entry === undefined || entry.kind === "text" || entry.kind === "style";
  const line = (label: string, text: string) =>
    flags.valuesOnly === true ? text : `${label}${mark} ${quoted ? quoteArgument(text) : text}`;
  if (typeof value === "string") return [line(name, value)];
  if (index !== undefined) return [line(`${name}[${index}]`, value[index] ?? "")];
  const items = Object.entries(value);
  if (items.length === 0) return flags.valuesOnly === true ? [] : [`${name}${mark}`];
  return items.map(([at, text]) => line(`${name}[${at}]`, text));
}

/**
 * The value of `#{name}` or `#{name[3]}`: flags as 1 and 0, an array without an index as nothing. `find` gives the
 * value in force; undefined when there is no such option.
 */
export function formatOption(key: string, find: (name: string) => OptionValue | undefined): string | undefined {
  const indexed = /^(.*)\[(\d{1,9})\]$/.exec(key);
  const name = indexed?.[1] ?? key;
  const value = find(name);
  if (value === undefined) return undefined;
  if (typeof value !== "string") return indexed === null ? "" : (value[Number(indexed[2])] ?? "");
  if (optionEntry(name)?.kind !== "flag") return value;
  return value === "on" ? "1" : "0";
}
