// What an option may be set to, and the words for what it may not. Used by set-option.ts.

import { parseNumber } from "../argv/numbers.ts";
import { parseText } from "../argv/parse-commands.ts";
import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { printCommands } from "../argv/print-command.ts";
import { parseColour, printColour } from "../formats/colour.ts";
import { canonicalKey } from "../keys/key-name.ts";
import type { OptionEntry } from "./option-entry.ts";
import { isStyle } from "./style.ts";

export interface ValueChecks {
  /** The file can be the default shell: it is there, absolute and executable. */
  readonly isShell?: (path: string) => boolean;
  /** The commands of an alias, for hooks. */
  readonly alias?: (name: string) => string | undefined;
}

/**
 * The value in tmux's own spelling. Without one (undefined) flags and choices are toggled from `current`, others
 * fail with `empty value`.
 */
export function checkValue(
  entry: OptionEntry,
  value: string | undefined,
  current: string | undefined,
  checks: ValueChecks = {},
): Parsed<string> {
  if (entry.kind === "flag") return checkFlag(value, current);
  if (value === undefined && entry.kind === "choice") {
    const [first = "", second = ""] = entry.choices;
    const at = entry.choices.indexOf(current ?? "");
    return parsed(at < 2 ? (at === 0 ? second : first) : (current ?? first));
  }
  if (value === undefined) return parseFailure("empty value");
  switch (entry.kind) {
    case "text":
      if (entry.pattern?.test(value) === false) return parseFailure(`value is invalid: ${value}`);
      if (entry.name === "default-shell" && checks.isShell?.(value) === false) {
        return parseFailure(`not a suitable shell: ${value}`);
      }
      return parsed(value);
    case "style":
      return value.includes("#{") || isStyle(value) ? parsed(value) : parseFailure(`invalid style: ${value}`);
    case "number": {
      const number = parseNumber(value, entry.least, entry.most);
      return number.ok ? parsed(String(number.value)) : parseFailure(`value is ${number.message}: ${value}`);
    }
    case "choice":
      return entry.choices.includes(value) ? parsed(value) : parseFailure(`unknown value: ${value}`);
    case "colour": {
      const colour = parseColour(value);
      return colour === undefined ? parseFailure(`bad colour: ${value}`) : parsed(printColour(colour));
    }
    case "key": {
      const name = /^none$/i.test(value) ? "None" : canonicalKey(value);
      return name === undefined ? parseFailure(`bad key: ${value}`) : parsed(name);
    }
    default: {
      const list = parseText(value, { alias: checks.alias });
      return list.ok ? parsed(printCommands(list.value.commands)) : list;
    }
  }
}

function checkFlag(value: string | undefined, current: string | undefined): Parsed<string> {
  if (value === undefined || value === "") return parsed(current === "on" ? "off" : "on");
  if (/^(?:1|on|yes)$/i.test(value)) return parsed("on");
  if (/^(?:0|off|no)$/i.test(value)) return parsed("off");
  return parseFailure(`bad value: ${value}`);
}
