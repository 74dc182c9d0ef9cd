// Formats to text: `#{...}`, `#S`, `#(command)`, `##`, styles left as they are, strftime on request. The one way in
// for the server: display-message, list-*, -F, the status row, hooks. Rule kept: it ends, whatever the format says.

import { formatSkip } from "./format-skip.ts";
import { type Expansion, replaceFormat } from "./replace.ts";
import type { FormatScope } from "./scope.ts";
import { strftime } from "./strftime.ts";

export interface ExpandOptions {
  /** Expands strftime's `%` as display-message, the status row and set-titles do; -F formats do not. */
  readonly time?: boolean;
  /** Milliseconds since 1970; default: now. */
  readonly now?: number;
  /** Leaves out `#(command)`: a filter or a name must not start programs. */
  readonly withoutCommands?: boolean;
}

/** tmux's limit for formats within formats. */
const DEPTH_LIMIT = 100;

/** What one expansion may cost before the rest of it is empty: a format that doubles itself, loops within loops. */
const COST_LIMIT = 1024 * 1024;

/** Of a part that is expanded, besides its characters. */
const PART_COST = 128;

const ALIASES: Readonly<Record<string, string>> = {
  D: "pane_id",
  F: "window_flags",
  H: "host",
  I: "window_index",
  P: "pane_index",
  S: "session_name",
  T: "pane_title",
  W: "window_name",
  h: "host_short",
};

/** The text of a format. Unknown variables are empty; a part that is not closed ends the text, as in tmux. */
export function expandFormat(format: string, scope: FormatScope, options: ExpandOptions = {}): string {
  const budget = { left: COST_LIMIT };
  const expansion = (inner: FormatScope, time: boolean, depth: number): Expansion => ({
    scope: inner,
    now: options.now ?? Date.now(),
    expand: (text) => expandOne(text, expansion(inner, time, depth + 1), time, depth, options, budget),
    expandWithTime: (text) => expandOne(text, expansion(inner, true, depth + 1), true, depth, options, budget),
    within: (other) => expansion(other, false, depth),
  });
  return expansion(scope, options.time === true, 0).expand(format);
}

/** True for what a filter or a condition holds: anything but nothing and `0`. */
export function isTrue(value: string): boolean {
  return value !== "" && value !== "0";
}

function expandOne(
  format: string,
  expansion: Expansion,
  time: boolean,
  depth: number,
  options: ExpandOptions,
  budget: { left: number },
): string {
  if (depth >= DEPTH_LIMIT || budget.left <= 0) return "";
  budget.left -= PART_COST;
  const text = time && format.includes("%") ? strftime(format, expansion.now) : format;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const hash = text.indexOf("#", at);
    if (hash < 0) {
      result += text.slice(at);
      break;
    }
    result += text.slice(at, hash);
    const part = expandPart(text, hash, expansion, options);
    if (part === undefined) break;
    result += part.text;
    at = part.end;
  }
  budget.left -= result.length;
  return result;
}

/** What begins with the `#` at a place; undefined when it is not closed, which ends the expansion. */
function expandPart(
  text: string,
  hash: number,
  expansion: Expansion,
  options: ExpandOptions,
): { readonly text: string; readonly end: number } | undefined {
  const character = text.charAt(hash + 1);
  if (character === "") return { text: "#", end: hash + 1 };
  if (character === "(") {
    const end = closingBracket(text, hash + 2);
    if (end < 0) return undefined;
    const command = expansion.expand(text.slice(hash + 2, end));
    return { text: options.withoutCommands ? "" : (expansion.scope.command?.(command) ?? ""), end: end + 1 };
  }
  if (character === "{") {
    const end = formatSkip(text, hash, "}");
    const value = end < 0 ? undefined : replaceFormat(text.slice(hash + 2, end), expansion);
    return value === undefined ? undefined : { text: value, end: end + 1 };
  }
  if (character === "#" || character === "[") {
    const bracket = endOfHashes(text, hash);
    // A style, also one with its hashes doubled, is for who draws it.
    if (text.charAt(bracket) === "[") return { text: text.slice(hash, bracket + 1), end: bracket + 1 };
    return { text: "#", end: hash + 2 };
  }
  if (character === "}" || character === ",") return { text: character, end: hash + 2 };
  const alias = ALIASES[character];
  if (alias === undefined) return { text: `#${character}`, end: hash + 2 };
  return { text: replaceFormat(alias, expansion) ?? "", end: hash + 2 };
}

function endOfHashes(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === "#") at++;
  return at;
}

function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === "(") depth++;
    if (text.charAt(at) === ")" && --depth === 0) return at;
  }
  return -1;
}
