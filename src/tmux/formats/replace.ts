// The inside of `#{...}`: modifiers, conditions, comparisons, loops, and at the bottom a name. Called by expand.ts.

import { parseNumber } from "../argv/numbers.ts";
import { colourAsHex } from "./colour.ts";
import { evaluate } from "./expression.ts";
import { findValue, type ValueKind } from "./find-value.ts";
import { formatSkip, splitAtComma } from "./format-skip.ts";
import { matches, substitute } from "./match.ts";
import { type Modifier, readModifiers } from "./modifiers.ts";
import type { FormatScope, LoopKind } from "./scope.ts";
import { limitWidth, padWidth, styledWidth } from "./width.ts";

/** One level of an expansion. */
export interface Expansion {
  readonly scope: FormatScope;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly expand: (format: string) => string;
  readonly expandWithTime: (format: string) => string;
  /** The same level seen from an item of a loop. */
  readonly within: (scope: FormatScope) => Expansion;
}

const LOOPS: Readonly<Record<string, LoopKind>> = { S: "sessions", W: "windows", P: "panes", L: "clients" };

const COMPARISONS: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
  "||": (left, right) => holds(left) || holds(right),
  "&&": (left, right) => holds(left) && holds(right),
};

/** Longest result of `#{R:}`, in characters. */
const REPEAT_LIMIT = 10_000;

function holds(value: string): boolean {
  return value !== "" && value !== "0";
}

/** The text for what stands between `#{` and `}`; undefined when its own syntax is wrong, which ends the expansion. */
export function replaceFormat(key: string, expansion: Expansion): string | undefined {
  const { modifiers, text } = readModifiers(key, expansion.expand);
  const value = coreValue(modifiers, text, expansion);
  return value === undefined ? undefined : applyLast(modifiers, value, expansion);
}

function find(modifiers: readonly Modifier[], ...names: string[]): Modifier | undefined {
  return modifiers.findLast((modifier) => names.includes(modifier.name));
}

/** The last one that has arguments: without any these letters mean nothing. */
function findGiven(modifiers: readonly Modifier[], name: string): Modifier | undefined {
  return modifiers.findLast((modifier) => modifier.name === name && modifier.arguments.length > 0);
}

function coreValue(modifiers: readonly Modifier[], text: string, expansion: Expansion): string | undefined {
  const has = (name: string) => modifiers.some((modifier) => modifier.name === name);
  if (has("l")) return text;
  if (has("a")) return character(expansion.expand(text));
  if (has("c")) return colourAsHex(expansion.expand(text)) ?? "";
  const loop = find(modifiers, "S", "W", "P", "L");
  if (loop !== undefined) return loopOver(LOOPS[loop.name] ?? "panes", text, expansion);
  const name = find(modifiers, "N");
  if (name !== undefined) return nameExists(name, text, expansion);
  if (has("R")) return repeat(text, expansion);
  const search = find(modifiers, "C");
  if (search !== undefined) {
    return String(expansion.scope.search?.(expansion.expand(text), search.arguments[0] ?? "") ?? 0);
  }
  if (has("!")) return holds(expansion.expand(text)) ? "0" : "1";
  if (has("!!")) return holds(expansion.expand(text)) ? "1" : "0";
  const comparison = modifiers.findLast((modifier) => modifier.name in COMPARISONS || modifier.name === "m");
  if (comparison !== undefined) return compare(comparison, text, expansion);
  if (text.startsWith("?")) return condition(text.slice(1), expansion);
  const expression = findGiven(modifiers, "e");
  if (expression !== undefined) {
    const sides = splitAtComma(text);
    if (sides === undefined) return "";
    return evaluate(expression.arguments, expansion.expand(sides[0]), expansion.expand(sides[1])) ?? "";
  }
  if (text.includes("#{")) return expansion.expand(text);
  return findValue(text, expansion.scope, valueKinds(modifiers), expansion.now) ?? "";
}

function character(code: string): string {
  const number = /^\s*\+?\d+$/.test(code) ? Number(code) : 0;
  return number >= 32 && number <= 126 ? String.fromCharCode(number) : "";
}

function nameExists(modifier: Modifier, text: string, expansion: Expansion): string {
  const flags = modifier.arguments[0] ?? "w";
  const kind = flags.includes("s") && !flags.includes("w") ? "session" : "window";
  return expansion.scope.nameExists?.(kind, expansion.expand(text)) ? "1" : "0";
}

function repeat(text: string, expansion: Expansion): string | undefined {
  const sides = splitAtComma(text);
  if (sides === undefined) return undefined;
  const [unit, count] = sides.map(expansion.expand);
  const times = /^\d+$/.test(count ?? "") ? Number(count) : 0;
  const most = Math.floor(REPEAT_LIMIT / Math.max(1, unit?.length ?? 1));
  return (unit ?? "").repeat(Math.min(times, most));
}

function compare(modifier: Modifier, text: string, expansion: Expansion): string | undefined {
  const sides = splitAtComma(text);
  if (sides === undefined) return undefined;
  const left = expansion.expand(sides[0]);
  const right = expansion.expand(sides[1]);
  const test = COMPARISONS[modifier.name];
  const found = test === undefined ? matches(left, right, modifier.arguments[0] ?? "") : test(left, right);
  return found ? "1" : "0";
}

/** `condition,yes,no`: the condition is a name, else a format. */
function condition(text: string, expansion: Expansion): string | undefined {
  const at = formatSkip(text, 0, ",");
  if (at < 0) return undefined;
  const asked = text.slice(0, at);
  let found = findValue(asked, expansion.scope, [], expansion.now);
  if (found === undefined) {
    // A format that is still itself is the name of something that is not there.
    found = expansion.expand(asked);
    if (found === asked) found = "";
  }
  const sides = splitAtComma(text.slice(at + 1));
  if (sides === undefined) return undefined;
  return expansion.expand(holds(found) ? sides[0] : sides[1]);
}

function loopOver(kind: LoopKind, text: string, expansion: Expansion): string {
  const sides = kind === "windows" || kind === "panes" ? splitAtComma(text) : undefined;
  const items = expansion.scope.loop?.(kind) ?? [];
  return items
    .map((item) => {
      const format = sides === undefined ? text : item.current ? sides[1] : sides[0];
      return expansion.within(item.scope).expand(format);
    })
    .join("");
}

function valueKinds(modifiers: readonly Modifier[]): ValueKind[] {
  return modifiers.flatMap((modifier): ValueKind[] => {
    const [first = "", second] = modifier.arguments;
    switch (modifier.name) {
      case "b":
        return [{ kind: "basename" }];
      case "d":
        return [{ kind: "dirname" }];
      case "q":
        return [{ kind: "quote", style: /[eh]/.test(first) }];
      case "t":
        return [
          {
            kind: "time",
            pretty: first.includes("p"),
            format: first.includes("f") ? withoutEscapes(second ?? "") : undefined,
          },
        ];
      default:
        return [];
    }
  });
}

/** As strtonum reads it; 0 for what is no number. */
function wholeNumber(text: string | undefined): number {
  const number = parseNumber(text ?? "", -0x80000000, 0x7fffffff);
  return number.ok ? number.value : 0;
}

/** `#:` in the text of a time is `:`. */
function withoutEscapes(text: string): string {
  return text.replace(/#([,#{}:])/g, "$1");
}

/** What is done to the value that was found, in tmux's order. */
function applyLast(modifiers: readonly Modifier[], found: string, expansion: Expansion): string {
  let value = found;
  if (find(modifiers, "E")) value = expansion.expand(value);
  else if (find(modifiers, "T")) value = expansion.expandWithTime(value);
  for (const modifier of modifiers) {
    const [pattern, replacement, flags = ""] = modifier.arguments;
    if (modifier.name !== "s" || pattern === undefined || replacement === undefined) continue;
    value = substitute(value, pattern, replacement, flags);
  }
  const limit = findGiven(modifiers, "=");
  const marker = modifiers.findLast((modifier) => modifier.name === "=" && modifier.arguments.length > 1);
  if (limit !== undefined) value = limitWidth(value, wholeNumber(limit.arguments[0]), marker?.arguments[1]);
  const pad = findGiven(modifiers, "p");
  if (pad !== undefined) value = padWidth(value, wholeNumber(pad.arguments[0]));
  if (find(modifiers, "n")) value = String(Buffer.byteLength(value));
  if (find(modifiers, "w")) value = String(styledWidth(value));
  return value;
}
