// set-option and set-hook on a scope: append, unset, items of arrays, only-if-unset. The server finds the scope
// (`-g -s -w -p -t`, and the place that the option's entry says) and expands name and value; this does the rest.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { checkValue, type ValueChecks } from "./check-value.ts";
import type { OptionEntry, OptionValue } from "./option-entry.ts";
import type { OptionScope } from "./option-store.ts";
import type { FoundOption } from "./option-table.ts";

export interface SetFlags {
  /** -a */
  readonly append?: boolean;
  /** -u, -U */
  readonly unset?: boolean;
  /** -o */
  readonly onlyIfUnset?: boolean;
}

/**
 * Changes the scope, or fails with tmux's words and leaves it as it was. `text` is the option as the user wrote it.
 */
export function setOption(
  scope: OptionScope,
  found: FoundOption,
  text: string,
  value: string | undefined,
  flags: SetFlags = {},
  checks: ValueChecks = {},
): Parsed<undefined> {
  const { name, entry, index } = found;
  const own = scope.own(name);
  if (index !== undefined && entry?.array !== true) return parseFailure(`not an array: ${text}`);
  if (flags.onlyIfUnset === true && (index === undefined ? own : itemsOf(own)[index]) !== undefined) {
    return parseFailure(`already set: ${text}`);
  }
  if (flags.unset === true) {
    if (index === undefined) scope.unset(name);
    else scope.set(name, withoutItem(own, index));
    return parsed(undefined);
  }
  if (entry === undefined) {
    if (value === undefined) return parseFailure("empty value");
    scope.set(name, flags.append === true && typeof own === "string" ? own + value : value);
    return parsed(undefined);
  }
  const next = entry.array
    ? nextArray(entry, own, index, value, flags.append === true, checks)
    : nextValue(entry, scope, value, flags.append === true, checks);
  if (!next.ok) return next;
  scope.set(name, next.value);
  return parsed(undefined);
}

function nextValue(
  entry: OptionEntry,
  scope: OptionScope,
  value: string | undefined,
  append: boolean,
  checks: ValueChecks,
): Parsed<OptionValue> {
  const own = scope.own(entry.name);
  const joined = append && value !== undefined && typeof own === "string" && /^(?:text|style)$/.test(entry.kind);
  const whole = joined ? own + (entry.kind === "style" ? "," : "") + value : value;
  return checkValue(entry, whole, scope.text(entry.name), checks);
}

function nextArray(
  entry: OptionEntry,
  own: OptionValue | undefined,
  index: number | undefined,
  value: string | undefined,
  append: boolean,
  checks: ValueChecks,
): Parsed<OptionValue> {
  if (value === undefined) return parseFailure("empty value");
  if (index !== undefined) {
    const items = itemsOf(own);
    const before = append && entry.kind === "text" ? (items[index] ?? "") : "";
    const checked = checkValue(entry, before + value, undefined, checks);
    return checked.ok ? parsed({ ...items, [index]: checked.value }) : checked;
  }
  const items: Record<number, string> = append ? { ...itemsOf(own) } : {};
  for (const part of partsOf(entry, value)) {
    const checked = checkValue(entry, part, undefined, checks);
    if (!checked.ok) return checked;
    items[freeIndex(items)] = checked.value;
  }
  return parsed(items);
}

function partsOf(entry: OptionEntry, value: string): readonly string[] {
  if (entry.separators === "") return [value];
  let parts = [value];
  for (const separator of entry.separators) parts = parts.flatMap((part) => part.split(separator));
  return parts.filter((part) => part !== "");
}

function freeIndex(items: Readonly<Record<number, string>>): number {
  let index = 0;
  while (items[index] !== undefined) index++;
  return index;
}

function itemsOf(value: OptionValue | undefined): Readonly<Record<number, string>> {
  return value === undefined || typeof value === "string" ? {} : value;
}

function withoutItem(value: OptionValue | undefined, index: number): OptionValue {
  return Object.fromEntries(Object.entries(itemsOf(value)).filter(([at]) => Number(at) !== index));
}
